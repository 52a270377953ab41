package io.bangwo8stream.record;

import java.io.IOException;

/** Bytes that are no readable JSON document; the message names the place and never the content. */
public final class UnreadableJsonException extends IOException {
    private static final long serialVersionUID = 1L;

    UnreadableJsonException(String message) {
        super(message);
    }
}
