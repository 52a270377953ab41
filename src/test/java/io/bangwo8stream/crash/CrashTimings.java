package io.bangwo8stream.crash;

import java.time.Duration;

/** Times that the settings of the product and the checks of the harness have in common. */
final class CrashTimings {

    /** The last revisit after a record's end; later changes of its parts are not promised to be published. */
    static final Duration LAST_REVISIT = Duration.ofSeconds(8);

    static final Duration LOOK_BACK = Duration.ofDays(7);
    /** Between two sweeps, and between the two absences after which a record counts as gone. */
    static final Duration SWEEP_INTERVAL = Duration.ofSeconds(3);
    /** An instance without heartbeats loses its leadership after this time, see {@code KafkaClusterService}. */
    static final Duration SESSION = Duration.ofSeconds(8);
    /** The broker aborts a transaction that is open for longer, see {@code KafkaClients}. */
    static final Duration TRANSACTION = Duration.ofSeconds(60);

    private CrashTimings() {}
}
