package io.bangwo8stream.scan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.bangwo8stream.change.RevisitPolicy;
import io.bangwo8stream.source.DateRange;
import io.bangwo8stream.source.Source;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Reads from a row what decides when its record is fetched again: its day, its times, and whether it is closed. */
final class RowSummarizer {

    private static final String USUAL = "2017-08-27T10:21:10+08:00";

    private static final int DATE_END = USUAL.indexOf('T');

    private static final int SECONDS_END = USUAL.indexOf('+');

    private final Source source;
    private final DateRange window;

    /** @param window its first day stands in for an unknown day of creation */
    RowSummarizer(Source source, DateRange window) {
        this.source = source;
        this.window = window;
    }

    RevisitPolicy.RowSummary summarize(FetchedRecord fetched) {
        JsonNode record = fetched.typed() == null
                ? MissingNode.getInstance()
                : fetched.typed().record();
        return summarize(record, fetched.rowFingerprint());
    }

    /** The same of a typed record, whose row has this fingerprint. */
    RevisitPolicy.RowSummary summarize(JsonNode record, long rowFingerprint) {
        Optional<OffsetDateTime> createdAt = source.created().flatMap(field -> time(record.path(field)));
        return new RevisitPolicy.RowSummary(
                rowFingerprint,
                (int) createdAt
                        .map(OffsetDateTime::toLocalDate)
                        .orElse(window.from())
                        .toEpochDay(),
                isOpen(record),
                millis(createdAt),
                millis(lastTime(record)),
                source.name(),
                record.size());
    }

    /** The end of the record, or where it is looked up by its last change, the time of that change. */
    private Optional<OffsetDateTime> lastTime(JsonNode record) {
        return source.ended()
                .or(() -> source.lookUp().map(Source.LookUp::changed))
                .flatMap(field -> time(record.path(field)));
    }

    /** What a clock showed at the creation of a typed record; see {@link RowDigest#created()}. */
    static long created(Source source, JsonNode record) {
        return source.created()
                .map(field -> record.path(field))
                .filter(JsonNode::isTextual)
                .map(text -> text.textValue().replace(' ', 'T'))
                .flatMap(text -> wallClock(text).or(() -> date(text)))
                .map(time -> time.toEpochSecond(ZoneOffset.UTC))
                .orElse(RowDigest.UNKNOWN);
    }

    private static Optional<LocalDateTime> wallClock(String text) {
        try {
            return isUsual(text, SECONDS_END) ? Optional.of(seconds(text)) : Optional.empty();
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }

    private static Optional<LocalDateTime> date(String text) {
        try {
            return text.length() < DATE_END
                    ? Optional.empty()
                    : Optional.of(LocalDate.parse(text.substring(0, DATE_END)).atStartOfDay());
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }

    private boolean isOpen(JsonNode record) {
        return source.closed()
                .filter(closed ->
                        !closed.values().contains(record.path(closed.field()).asText()))
                .isPresent();
    }

    private static Optional<OffsetDateTime> time(JsonNode time) {
        try {
            return time.isTextual() ? Optional.of(time(time.textValue())) : Optional.empty();
        } catch (DateTimeException fieldIsNoDateTime) {
            return Optional.empty();
        }
    }

    /** Nearly all times have one form, and a formatter takes several times as long. */
    private static OffsetDateTime time(String text) {
        return text.length() == USUAL.length() && isUsual(text, SECONDS_END + 1)
                ? OffsetDateTime.of(seconds(text), ZoneOffset.of(text.substring(SECONDS_END)))
                : OffsetDateTime.parse(text);
    }

    private static LocalDateTime seconds(String text) {
        return LocalDateTime.of(
                number(text, 0, 4),
                number(text, 5, 7),
                number(text, 8, DATE_END),
                number(text, 11, 13),
                number(text, 14, 16),
                number(text, 17, SECONDS_END));
    }

    /** Whether the first {@code length} characters are digits and separators where a usual time has them. */
    private static boolean isUsual(String text, int length) {
        boolean usual = text.length() >= length;
        for (int i = 0; usual && i < length; i++) {
            char unit = text.charAt(i);
            boolean digit = unit >= '0' && unit <= '9';
            usual = Character.isDigit(USUAL.charAt(i)) ? digit : unit == USUAL.charAt(i);
        }
        return usual;
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    private static long millis(Optional<OffsetDateTime> time) {
        return time.map(at -> at.toInstant().toEpochMilli()).orElse(0L);
    }
}
