package io.bangwo8stream.time;

import java.time.Duration;

/** Time that passes evenly, whatever is done to the wall clock: pauses and ages count by it. */
@FunctionalInterface
public interface MonotonicTime {

    /** The time since a fixed moment, which has no meaning by itself. */
    Duration now();
}
