package io.bangwo8stream.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.bangwo8stream.scan.TestSource;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceParserTest {

    private static final DateRange WINDOW = new DateRange(LocalDate.of(2026, 1, 24), LocalDate.of(2026, 1, 31));

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
        assertThat(source.joinRoute()).contains("direct:join-remote-record");
        assertThat(source.pageRoute()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stream", "topic", "type", "path", "recordsPath", "idField", "fields"})
    void namesARequiredParameterThatIsMissing(String parameter) {
        for (String missing : new String[] {"", " "}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TestSource.with(parameter, missing))
                    .withMessage("source remote-records: the parameter " + parameter + " is missing");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"schema", "window", "created", "ended", "closed", "joinRoute", "pageRoute"})
    void acceptsAMissingOptionalParameter(String parameter) {
        assertThat(TestSource.with(parameter, "")).isNotNull();
    }

    @Test
    void readsWhetherASourceHasAJoinRoute() {
        assertThat(TestSource.with("joinRoute", "").hasJoinRoute()).isFalse();
        assertThat(TestSource.remoteRecords().hasJoinRoute()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"starttime", "a,b,c"})
    void requiresTwoParametersForAWindow(String window) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestSource.with("window", window))
                .withMessage("source remote-records: window must name two parameters, such as starttime,endtime");
    }

    @ParameterizedTest
    @ValueSource(strings = {"csStat", "csStat=", "=5", "csStat= ,"})
    void explainsTheFormOfTheRuleForClosedRecords(String rule) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestSource.with("closed", rule))
                .withMessage("source remote-records: closed must be like csStat=0,5, but is " + rule);
    }

    @Test
    void requestsBothEndDaysOfAWindow() {
        assertThat(TestSource.remoteRecords().list().request(WINDOW, ""))
                .hasToString("GET /remoterecord/histories.json?starttime=2026-01-24&endtime=2026-01-31");
        assertThat(TestSource.with("window", "").list().request(WINDOW, ""))
                .hasToString("GET /remoterecord/histories.json");
    }
}
