package io.bangwo8stream.kafka;

/** Another instance writes this stream now, so this instance discards its batch. */
public final class FencedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    FencedException(String stream, Throwable cause) {
        super("another instance writes the stream " + stream + " now", cause);
    }
}
