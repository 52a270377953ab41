package io.bangwo8stream.record;

/** Reports a record that cannot become an event; the message states what is wrong, without the content. */
public final class UntypableRecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UntypableRecordException(String message) {
        super(message);
    }
}
