package io.bangwo8stream.kafka;

import org.apache.kafka.common.config.ConfigException;

/** A topic cannot be used as it is; the message names the topic, and what to do. */
final class UnsuitableTopicException extends ConfigException {

    private static final long serialVersionUID = 1L;

    UnsuitableTopicException(String message) {
        super(message);
    }
}
