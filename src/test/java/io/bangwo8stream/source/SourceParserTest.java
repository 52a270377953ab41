package io.bangwo8stream.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.bangwo8stream.change.RevisitPolicy;
import io.bangwo8stream.scan.FetchedRecord;
import io.bangwo8stream.scan.TestSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceParserTest {

    private static final DateRange DAYS = new DateRange(LocalDate.of(2026, 1, 24), LocalDate.of(2026, 1, 31));

    @Test
    void readsEveryParameter() {
        Source source = TestSource.remoteRecords();

        assertThat(source.name()).isEqualTo("remote-records");
        assertThat(source.stream()).isEqualTo("remote-records");
        assertThat(source.topic()).isEqualTo("bangwo8.remote-records");
        assertThat(source.type()).isEqualTo("bangwo8.remote-record");
        assertThat(source.list().recordsPath()).isEqualTo("remoterecords");
        assertThat(source.idField()).isEqualTo("csId");
        assertThat(source.list().window()).containsExactly("starttime", "endtime");
        assertThat(source.closed().orElseThrow().values()).containsExactlyInAnyOrder("0", "5");
        assertThat(source.joined()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stream", "topic", "type", "path", "items", "id", "fields"})
    void namesTheParameterThatIsMissing(String parameter) {
        for (String missing : new String[] {"", " ", "none"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TestSource.with(parameter, missing))
                    .withMessage("source remote-records: the parameter " + parameter + " is missing");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"schema", "window", "created", "ended", "closed", "join"})
    void doesWithoutTheOthers(String parameter) {
        assertThat(TestSource.with(parameter, "none")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"log:nothing, false", "none, false", "'', false", "direct:join-remote-record, true"})
    void knowsWhetherPartsAreJoined(String join, boolean joined) {
        assertThat(TestSource.with("join", join).joined()).isEqualTo(joined);
    }

    @ParameterizedTest
    @ValueSource(strings = {"starttime", "a,b,c"})
    void needsTwoParametersForAWindow(String window) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestSource.with("window", window))
                .withMessage("source remote-records: window must name two parameters, such as starttime,endtime");
    }

    @ParameterizedTest
    @ValueSource(strings = {"csStat", "csStat=", "=5", "csStat= ,"})
    void saysHowTheRuleForClosedIsWritten(String rule) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestSource.with("closed", rule))
                .withMessage("source remote-records: closed must be like csStat=0,5, but is " + rule);
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, true", "2, true", "3, true", "4, true", "5, false", "9, true"})
    void holdsARecordForOpenUnlessTheRuleSaysClosed(int status, boolean open) {
        assertThat(row(TestSource.remoteRecords(), status).open()).isEqualTo(open);
        assertThat(row(TestSource.with("closed", " csStat = 0 , 5 "), status).open())
                .isEqualTo(open);
    }

    @Test
    void holdsEveryRecordForClosedWithoutARule() {
        assertThat(row(TestSource.with("closed", "none"), 1).open()).isFalse();
    }

    @Test
    void readsTheTimesOfARecord() {
        RevisitPolicy.Row row = row(TestSource.remoteRecords(), 5);

        assertThat(row.createdAt()).isEqualTo(millis("2026-01-30T10:00:00+08:00"));
        assertThat(row.endedAt()).isEqualTo(millis("2026-01-30T11:00:00+08:00"));
        assertThat(row.day()).isEqualTo((int) LocalDate.of(2026, 1, 30).toEpochDay());
    }

    @Test
    void takesTheFirstDayOfTheWindowForAnUnknownDayOfCreation() {
        FetchedRecord listed = TestSource.listed(TestSource.row(7, 1, "").put("csBTime", "昨天"));

        RevisitPolicy.Row row = TestSource.remoteRecords().row(listed, DAYS);

        assertThat(row.day()).isEqualTo((int) DAYS.from().toEpochDay());
        assertThat(row.createdAt()).isZero();
        assertThat(row.endedAt()).isZero();
    }

    @Test
    void asksForTheDaysOfAWindowBothOfThemIncluded() {
        assertThat(TestSource.remoteRecords().list().request(DAYS, ""))
                .hasToString("GET /remoterecord/histories.json?starttime=2026-01-24&endtime=2026-01-31");
        assertThat(TestSource.with("window", "none").list().request(DAYS, ""))
                .hasToString("GET /remoterecord/histories.json");
    }

    private static RevisitPolicy.Row row(Source source, int status) {
        return source.row(TestSource.listed(TestSource.row(7, status, "")), DAYS);
    }

    private static long millis(String time) {
        return OffsetDateTime.parse(time).toInstant().toEpochMilli();
    }
}
