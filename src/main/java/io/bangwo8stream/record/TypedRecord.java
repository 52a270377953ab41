package io.bangwo8stream.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;

/**
 * A vendor record after typing.
 *
 * @param record the fields the vendor sent, typed, under the vendor's names and in the vendor's order
 * @param labels the texts of coded fields
 * @param unparsed the originals of values that did not fit their type
 */
public record TypedRecord(ObjectNode record, ObjectNode labels, ObjectNode unparsed) {
    public TypedRecord {
        Objects.requireNonNull(record, "record");
        Objects.requireNonNull(labels, "labels");
        Objects.requireNonNull(unparsed, "unparsed");
    }
}
