package io.bangwo8stream.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;

/** Contains the results of typing a value that are not typed values. */
final class TypingResult {
    /** The value does not fit its type; not an exception, because the vendor often sends such values. */
    static final JsonNode UNPARSABLE = MissingNode.getInstance();
    /** The value is empty: null, an empty number, or a date of zeros. */
    static final JsonNode EMPTY = NullNode.getInstance();

    private TypingResult() {}
}
