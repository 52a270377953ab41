package io.bangwo8stream.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Reads a date as HTTP headers contain it (RFC 9110, 5.6.7). */
final class HttpDate {

    private HttpDate() {}

    static Optional<Instant> read(String header) {
        try {
            return header == null
                    ? Optional.empty()
                    : Optional.of(ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }
}
