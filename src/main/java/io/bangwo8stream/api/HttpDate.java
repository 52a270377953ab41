package io.bangwo8stream.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Reads a date as HTTP headers contain it (RFC 9110, 5.6.7). */
final class HttpDate {

    /** All responses of a second have the same date, and parsing one is costly. */
    private static volatile Known latest = new Known("", Optional.empty());

    private record Known(String header, Optional<Instant> date) {}

    private HttpDate() {}

    static Optional<Instant> read(String header) {
        if (header == null) {
            return Optional.empty();
        }
        Known known = latest;
        if (!header.equals(known.header())) {
            known = new Known(header, parse(header));
            latest = known;
        }
        return known.date();
    }

    private static Optional<Instant> parse(String header) {
        try {
            return Optional.of(ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }
}
