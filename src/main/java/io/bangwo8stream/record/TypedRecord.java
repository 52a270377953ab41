package io.bangwo8stream.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;

/**
 * Contains the typed fields of a vendor record.
 *
 * @param record the fields that the vendor sent, typed, with the vendor's names and in the vendor's order
 * @param labels the labels of coded fields
 * @param unparsed the original values that do not fit their types
 */
public record TypedRecord(ObjectNode record, ObjectNode labels, ObjectNode unparsed) {
    public TypedRecord {
        Objects.requireNonNull(record, "record");
        Objects.requireNonNull(labels, "labels");
        Objects.requireNonNull(unparsed, "unparsed");
    }
}
