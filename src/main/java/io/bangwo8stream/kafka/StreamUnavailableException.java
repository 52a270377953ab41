package io.bangwo8stream.kafka;

import org.apache.kafka.common.KafkaException;

/** Kafka is not available for the stream; the same call may succeed later. */
public final class StreamUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StreamUnavailableException(KafkaException cause) {
        super(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage(), cause);
    }
}
