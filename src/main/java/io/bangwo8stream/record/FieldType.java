package io.bangwo8stream.record;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The types of the vendor's field tables, in the vendor's words. */
enum FieldType {
    INT,
    TINYINT,
    DECIMAL,
    DATETIME,
    CHAR,
    VARCHAR,
    TEXT,
    ARRAY;

    /** The type a field table names by {@code word}, such as {@code tinyint}; empty when there is none of that name. */
    static Optional<FieldType> named(String word) {
        return Arrays.stream(values()).filter(type -> type.word().equals(word)).findFirst();
    }

    /** All words a field table may use, for messages. */
    static String words() {
        return Arrays.stream(values()).map(FieldType::word).collect(Collectors.joining(", "));
    }

    /** The vendor's word, as field tables write it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isInteger() {
        return this == INT || this == TINYINT;
    }
}
