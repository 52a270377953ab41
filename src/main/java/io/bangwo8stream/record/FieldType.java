package io.bangwo8stream.record;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The types of the vendor's field tables. */
enum FieldType {
    INT,
    TINYINT,
    DECIMAL,
    DATETIME,
    CHAR,
    VARCHAR,
    TEXT,
    ARRAY;

    /** Returns the type that field tables call {@code vendorName}, such as {@code tinyint}; empty if there is none. */
    static Optional<FieldType> ofVendorName(String vendorName) {
        return Arrays.stream(values())
                .filter(type -> type.vendorName().equals(vendorName))
                .findFirst();
    }

    /** Returns the names of all types, for error messages. */
    static String vendorNames() {
        return Arrays.stream(values()).map(FieldType::vendorName).collect(Collectors.joining(", "));
    }

    /** Returns the name of the type in field tables, which is the vendor's. */
    String vendorName() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isText() {
        return this == CHAR || this == VARCHAR || this == TEXT;
    }

    boolean isInteger() {
        return this == INT || this == TINYINT;
    }
}
