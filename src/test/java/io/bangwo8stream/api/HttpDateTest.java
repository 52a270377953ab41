package io.bangwo8stream.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class HttpDateTest {

    @Test
    void readsEachDateAlsoRightAfterAnotherOne() {
        for (int round = 0; round < 2; round++) {
            assertThat(HttpDate.read("Fri, 27 Nov 2026 12:00:00 GMT")).contains(Instant.parse("2026-11-27T12:00:00Z"));
            assertThat(HttpDate.read("Fri, 27 Nov 2026 12:00:00 GMT")).contains(Instant.parse("2026-11-27T12:00:00Z"));
            assertThat(HttpDate.read(" Fri, 27 Nov 2026 12:00:01 GMT "))
                    .contains(Instant.parse("2026-11-27T12:00:01Z"));
            assertThat(HttpDate.read("yesterday")).isEmpty();
            assertThat(HttpDate.read("")).isEmpty();
            assertThat(HttpDate.read(null)).isEmpty();
        }
    }
}
