package io.bangwo8stream.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Half a minute of the crash harness, with another seed each time; the seed is printed. */
class CrashIT {

    @Test
    void losesRepeatsAndReordersNothingWhateverDies() throws Exception {
        CrashReport report = Crash.run(Duration.ofSeconds(30), Crash.anySeed());

        assertThat(report.isClean()).as(report.toString()).isTrue();
        assertThat(report.events()).isPositive();
    }
}
