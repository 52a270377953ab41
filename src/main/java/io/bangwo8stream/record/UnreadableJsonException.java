package io.bangwo8stream.record;

import java.io.IOException;

/** Reports bytes that are not a readable JSON document; the message contains the position and never the content. */
public final class UnreadableJsonException extends IOException {
    private static final long serialVersionUID = 1L;

    UnreadableJsonException(String message) {
        super(message);
    }
}
