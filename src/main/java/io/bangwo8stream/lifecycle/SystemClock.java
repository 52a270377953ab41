package io.bangwo8stream.lifecycle;

import io.bangwo8stream.time.MonotonicTime;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** The clocks of the machine, which tests replace. */
class SystemClock {

    @Produces
    @Singleton
    @DefaultBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    @DefaultBean
    MonotonicTime monotonicTime() {
        return () -> Duration.ofNanos(System.nanoTime());
    }
}
