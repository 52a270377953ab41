package io.bangwo8stream.record;

/** A record that cannot become an event as it was received; the message says what was wrong, without the content. */
public final class UntypableRecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UntypableRecordException(String message) {
        super(message);
    }
}
