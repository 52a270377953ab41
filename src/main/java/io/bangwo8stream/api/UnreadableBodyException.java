package io.bangwo8stream.api;

import java.io.IOException;

/** The body of a response is no JSON; the message states what it is. */
final class UnreadableBodyException extends IOException {

    private static final long serialVersionUID = 1L;

    UnreadableBodyException(String message) {
        super(message);
    }
}
