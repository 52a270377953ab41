package io.bangwo8stream.kafka;

import io.bangwo8stream.text.SafeText;
import org.apache.kafka.common.KafkaException;

/** Kafka is not available for the stream; the same call may succeed later. */
public final class StreamUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StreamUnavailableException(KafkaException cause) {
        // The product's own explanation ends with what to do, and is not cut.
        super(cause instanceof RefusedException ? cause.getMessage() : SafeText.of(cause), cause);
    }
}
