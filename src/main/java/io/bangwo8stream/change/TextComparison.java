package io.bangwo8stream.change;

import io.bangwo8stream.record.FieldTable;
import java.util.function.Function;

/**
 * Determines which texts of a JSON value are compared exactly: those of fields to which the vendor's tables give a text
 * type. Elsewhere {@code "123.00"}, {@code 123.00} and {@code 123} are one value, and so are empty text and null.
 *
 * @param isExact whether the value itself, and all of it, is compared exactly
 * @param members the comparison of each member of the value, or of each element of the value
 */
record TextComparison(boolean isExact, Function<String, TextComparison> members) {

    /** The comparison of a value whose texts are all of a text type. */
    static final TextComparison EXACT = new TextComparison(true, name -> TextComparison.EXACT);

    /** The comparison of a value without types, such as a custom field. */
    static final TextComparison UNTYPED = new TextComparison(false, name -> TextComparison.UNTYPED);

    private static final FieldTable MESSAGE = FieldTable.bundled("chat-message");
    private static final FieldTable SUMMARY = FieldTable.bundled("service-summary");

    /** Returns the comparison of an object, or an array of objects, with these fields. */
    static TextComparison of(FieldTable fields) {
        return new TextComparison(false, name -> fields.isText(name) ? EXACT : UNTYPED);
    }

    /**
     * Returns the comparison of the value of an event.
     *
     * @param fields the fields of its record
     */
    static TextComparison ofDocument(FieldTable fields) {
        return new TextComparison(false, name -> switch (name) {
            case PartHashes.RECORD -> of(fields);
            case PartHashes.LABELS -> EXACT;
            case PartHashes.UNPARSED -> new TextComparison(false, path -> ofUnparsed(path, fields));
            case "chatRecords" -> of(MESSAGE);
            case "serviceSummary" -> of(SUMMARY);
            default -> UNTYPED;
        });
    }

    /** The path of a part's value is {@code chatRecords[0].msg} or {@code serviceSummary.custom_fields}. */
    private static TextComparison ofUnparsed(String path, FieldTable fields) {
        FieldTable table =
                path.startsWith("chatRecords[") ? MESSAGE : path.startsWith("serviceSummary.") ? SUMMARY : fields;
        return of(table).member(table == fields ? path : path.substring(path.indexOf('.') + 1));
    }

    TextComparison member(String name) {
        return members.apply(name);
    }
}
