package io.bangwo8stream.api;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Reads the two forms of the {@code Retry-After} header: seconds, or a date (RFC 9110, 10.2.3). */
final class RetryAfter {

    /** A longer pause would look like a standstill; after it the next request may bring another Retry-After. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private RetryAfter() {}

    static Optional<Duration> read(String header, Clock clock) {
        if (header == null || header.isBlank()) {
            return Optional.empty();
        }
        String value = header.strip();
        return (value.matches("\\d+") ? Optional.of(seconds(value)) : until(value, clock))
                .filter(wait -> !wait.isNegative())
                .map(wait -> wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
    }

    private static Duration seconds(String digits) {
        return digits.length() > 9 ? LONGEST : Duration.ofSeconds(Long.parseLong(digits));
    }

    private static Optional<Duration> until(String date, Clock clock) {
        try {
            Instant instant = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(Duration.between(clock.instant(), instant));
        } catch (DateTimeException neitherForm) {
            return Optional.empty();
        }
    }
}
