package io.bangwo8stream.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.change.RevisitPolicy;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.source.DateRange;
import io.bangwo8stream.source.Source;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowSummarizerTest {

    private static final DateRange WINDOW = new DateRange(LocalDate.of(2026, 1, 24), LocalDate.of(2026, 1, 31));

    @ParameterizedTest
    @CsvSource({"0, false", "1, true", "2, true", "3, true", "4, true", "5, false", "9, true"})
    void treatsARecordAsOpenUnlessTheRuleDeclaresItClosed(int status, boolean open) {
        assertThat(summarize(TestSource.remoteRecords(), status).open()).isEqualTo(open);
        assertThat(summarize(TestSource.with("closed", " csStat = 0 , 5 "), status)
                        .open())
                .isEqualTo(open);
    }

    @Test
    void treatsEveryRecordAsClosedWithoutARule() {
        assertThat(summarize(TestSource.with("closed", ""), 1).open()).isFalse();
    }

    @Test
    void readsTheTimesOfARecord() {
        RevisitPolicy.RowSummary row = summarize(TestSource.remoteRecords(), 5);

        assertThat(row.createdAt()).isEqualTo(millis("2026-01-30T10:00:00+08:00"));
        assertThat(row.endedAt()).isEqualTo(millis("2026-01-30T11:00:00+08:00"));
        assertThat(row.day()).isEqualTo((int) LocalDate.of(2026, 1, 30).toEpochDay());
    }

    @Test
    void usesTheFirstDayOfTheWindowForAnUnknownDayOfCreation() {
        FetchedRecord record = TestSource.fetched(TestSource.row(7, 1, "").put("csBTime", "昨天"));

        RevisitPolicy.RowSummary row = new RowSummarizer(TestSource.remoteRecords(), WINDOW).summarize(record);

        assertThat(row.day()).isEqualTo((int) WINDOW.from().toEpochDay());
        assertThat(row.createdAt()).isZero();
        assertThat(row.endedAt()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-30T10:00:00+08:00",
                "2024-02-29T23:59:59+08:00",
                "1969-12-31T00:00:01+14:00",
                "2026-01-30T10:00:00-05:00",
                "2026-01-30T10:00:00.5+08:00",
                "2026-01-30T10:00+08:00",
                "2026-01-30T10:00:00Z"
            })
    void readsATimeInEveryForm(String time) {
        assertThat(created(time)).isEqualTo(millis(time));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-30T10:00:00+08:00",
                "2026-01-30T25:00:00+08:00",
                "2026-01-30T1x:00:00+08:00",
                "2026-01-30T10:00:00+99:00",
                "2026/01/30 10:00:00+08:00",
                "2026-01-30 10:00:00+08:00",
                "2026-+1-30T10:00:00+08:00",
                "some text with 25 letters",
                "some text of 19 ch.+25 le",
                ""
            })
    void knowsNoTimeWhereThereIsNone(String text) {
        assertThat(created(text)).isZero();
    }

    private static long created(String time) {
        return new RowSummarizer(TestSource.remoteRecords(), WINDOW)
                .summarize(LenientJson.object().put("csBTime", time), 0)
                .createdAt();
    }

    private static RevisitPolicy.RowSummary summarize(Source source, int status) {
        return new RowSummarizer(source, WINDOW).summarize(TestSource.fetched(TestSource.row(7, status, "")));
    }

    private static long millis(String time) {
        return OffsetDateTime.parse(time).toInstant().toEpochMilli();
    }
}
