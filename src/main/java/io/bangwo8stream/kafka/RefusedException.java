package io.bangwo8stream.kafka;

import org.apache.kafka.common.KafkaException;

/** Kafka refuses what a stream needs, and no retry helps: a right, a login or a setting has to change first. */
public final class RefusedException extends KafkaException {

    private static final long serialVersionUID = 1L;

    RefusedException(String message, KafkaException cause) {
        super(message, cause);
    }

    /** A record that stays too large whatever is left out of it. */
    static RefusedException tooLarge(String stream) {
        return new RefusedException(
                "Kafka refuses the stream " + stream + ": a dead letter or an event is larger than the broker accepts:"
                        + " see max.message.bytes of the topics and kafka.max.request.size",
                null);
    }
}
