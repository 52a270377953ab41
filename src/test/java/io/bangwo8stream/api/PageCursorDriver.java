package io.bangwo8stream.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;

/** Sends the requests of a cursor to an API, as the product does. */
record PageCursorDriver(PageCursor cursor, Function<ApiRequest, JsonNode> api) {

    boolean hasNext() {
        return cursor.hasNext();
    }

    Page next() {
        return cursor.accept(api.apply(cursor.nextRequest()));
    }
}
