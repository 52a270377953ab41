package io.bangwo8stream.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Reads the two forms of the {@code Retry-After} header: seconds, or a date (RFC 9110, 10.2.3). */
final class RetryAfter {

    /** A longer pause would look like a standstill; after it the next request may bring another Retry-After. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private RetryAfter() {}

    /** @param now when the response was sent */
    static Optional<Duration> read(String header, Instant now) {
        if (header == null || header.isBlank()) {
            return Optional.empty();
        }
        String value = header.strip();
        return (value.matches("\\d+") ? Optional.of(seconds(value)) : until(value, now))
                .filter(wait -> !wait.isNegative())
                .map(wait -> wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
    }

    private static Duration seconds(String digits) {
        return digits.length() > 9 ? LONGEST : Duration.ofSeconds(Long.parseLong(digits));
    }

    private static Optional<Duration> until(String date, Instant now) {
        return HttpDate.read(date).map(instant -> Duration.between(now, instant));
    }
}
