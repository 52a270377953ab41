package io.bangwo8stream.crash;

import java.time.Duration;

/** Numbers that the product is started with and the verdict counts on. */
final class Rules {

    /** The last time after a record's end at which its parts are looked at: what changes later nobody promises. */
    static final Duration LAST_REVISIT = Duration.ofSeconds(8);
    /** After it a silent instance loses its leadership, see {@code KafkaClusterService}. */
    static final Duration SESSION = Duration.ofSeconds(8);
    /** After it the broker ends a transaction that stands open, see {@code KafkaClients}. */
    static final Duration TRANSACTION = Duration.ofSeconds(60);

    private Rules() {}
}
