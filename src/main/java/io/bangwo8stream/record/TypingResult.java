package io.bangwo8stream.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;

/** What typing a value can end in besides the typed value itself. */
final class TypingResult {
    /** The value does not fit its type; no exception, for this is an everyday answer of the vendor's. */
    static final JsonNode NONE = MissingNode.getInstance();
    /** The value is empty in its type: null, an empty number, a zero date. */
    static final JsonNode EMPTY = NullNode.getInstance();

    private TypingResult() {}
}
