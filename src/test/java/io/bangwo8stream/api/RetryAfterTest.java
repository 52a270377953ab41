package io.bangwo8stream.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"0, PT0S", "7, PT7S", "' 7 ', PT7S", "300, PT5M"})
    void readsSeconds(String header, Duration pause) {
        assertThat(RetryAfter.read(header, NOW)).contains(pause);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Sat, 31 Jan 2026 12:00:00 GMT | PT0S
            Sat, 31 Jan 2026 12:01:30 GMT | PT1M30S
            Sat, 31 Jan 2026 13:01:30 +0100 | PT1M30S
            """)
    void readsADate(String header, Duration pause) {
        assertThat(RetryAfter.read(header, NOW)).contains(pause);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "301",
                "86400",
                "999999999",
                "99999999999999999999",
                "Sat, 31 Jan 2026 12:05:01 GMT",
                "Fri, 31 Dec 2100 00:00:00 GMT"
            })
    void limitsThePauseToFiveMinutes(String header) {
        assertThat(RetryAfter.read(header, NOW)).contains(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {" ", "-5", "soon", "1.5", "1 s", "2026-01-31T12:00:30Z", "Mon, 31 Jan 2026 12:01:30 GMT", "٧"})
    void ignoresAnInvalidHeader(String header) {
        assertThat(RetryAfter.read(header, NOW)).isEmpty();
    }

    @Test
    void ignoresADateInThePast() {
        assertThat(RetryAfter.read("Sat, 31 Jan 2026 11:59:59 GMT", NOW)).isEmpty();
    }
}
