package io.bangwo8stream.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Runs the crash harness for 20 s of faults and one outage, with a random seed, which is printed. */
class CrashIT {

    @Test
    void keepsItsPromisesWhenProcessesAreKilledPagesAreBadAndClocksJump() throws Exception {
        CrashReport report = Crash.run(Duration.ofSeconds(20), Crash.randomSeed());

        assertThat(report.isClean()).as(report.toString()).isTrue();
        assertThat(report.events()).isPositive();
    }
}
