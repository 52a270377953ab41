package io.bangwo8stream.kafka;

/** No broker answers at the moment; the message states what was found at the configured addresses. */
public final class BrokerUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BrokerUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
