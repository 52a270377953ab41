package io.bangwo8stream.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.standin.Json;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusViewTest {

    private static final Map<String, JsonNode> STATUSES = Map.of(
            "remote-records", Json.read("""
                    {"source": "remote-records", "leader": "a\\u001b[31m", "mode": "sweep", "records": 12,
                     "deadLetters": 3, "heldDeletions": 40, "pausedSince": "2026-01-30T00:00:00Z",
                     "incompleteDays": ["2026-01-29"], "failure": "GET /x answered 403",
                     "completeUpTo": "2026-01-30T16:58:30Z", "lastScan": "2026-01-30T16:58:31Z",
                     "nextScan": "2026-01-30T17:00:31Z",
                     "requestsPerSecondUsed": 2.1, "requestsPerSecond": 5.0, "requestsPerSecondLimit": 5.0}"""),
            "instances/a", Json.read("""
                    {"member": "a", "version": "1", "routes": "0", "leads": ["remote-records", "tickets"],
                     "writtenAt": "2026-01-30T16:59:58Z"}"""),
            "commands/1", Json.read("{\"id\": \"1\"}"));

    private final StatusView english = view(false);

    @Test
    void showsSourcesAndInstancesInTheTimeOfTheVendorWithoutControlCharacters() {
        assertThat(english.sources()).hasSize(1);
        StatusView.Source source = english.sources().get(0);
        assertThat(source.completeUpTo()).isEqualTo("2026-01-31 00:58:30");
        assertThat(source.age()).isEqualTo("1m30s");
        assertThat(source.lastScan()).isEqualTo("2026-01-31 00:58:31");
        assertThat(source.nextScan()).isEqualTo("2026-01-31 01:00:31");
        assertThat(source.requests()).isEqualTo("2.1 / 5.0");
        assertThat(source.window()).isEmpty();
        assertThat(source.leader()).doesNotContain("\u001b");
        assertThat(english.instances())
                .containsExactly(new StatusView.Instance("a", "1", "0", "remote-records, tickets", "2s"));
    }

    @Test
    void saysInBothLanguagesWhatNeedsAttentionAndWhatToDo() {
        assertThat(english.notes())
                .extracting(StatusView.Note::text)
                .containsExactly(
                        "paused since 2026-01-30T00:00:00Z; resume --source remote-records ends that",
                        "40 deletions are held back; if the records are gone, run confirm-deletions --source"
                                + " remote-records",
                        "incomplete days 2026-01-29; they are scanned again, and the log names the reason under"
                                + " scan-incomplete",
                        "3 records are dead-lettered; the topic of the dead letters names the reasons, and redrive"
                                + " --source remote-records tries them again at once",
                        "GET /x answered 403");
        assertThat(view(true).notes())
                .hasSameSizeAs(english.notes())
                .allSatisfy(note -> assertThat(note.subject()).isEqualTo("remote-records"))
                .extracting(StatusView.Note::text)
                .contains("暂不发布 40 条删除事件；若这些记录确已删除，请运行 confirm-deletions --source remote-records");
    }

    @Test
    void saysInBothLanguagesThatSourcesOfAnInstanceDoNotRun() {
        Map<String, JsonNode> statuses = Map.of("instances/a", Json.read("""
                {"member": "a", "stoppedSources": ["calls"], "routesProblem": "the sources [calls] do not run"}"""));

        assertThat(view(statuses, false).notes())
                .containsExactly(new StatusView.Note(
                        "a",
                        "sources do not run, because a change of the routes could not be undone: the sources [calls] do"
                                + " not run"));
        assertThat(view(statuses, true).notes())
                .containsExactly(new StatusView.Note("a", "有来源没有运行，因为对路由的修改未能撤销：the sources [calls] do not run"));
    }

    @Test
    void saysInBothLanguagesThatAnInstanceHasRejectedItsRoutes() {
        Map<String, JsonNode> statuses = Map.of("instances/a", Json.read("""
                {"member": "a", "routesProblem": "/r/calls.camel.yaml:19: there is no bean x"}"""));

        assertThat(view(statuses, false).notes())
                .containsExactly(new StatusView.Note(
                        "a",
                        "the present route files are rejected, and the former routes run: /r/calls.camel.yaml:19: there is"
                                + " no bean x"));
        assertThat(view(statuses, true).notes())
                .containsExactly(
                        new StatusView.Note("a", "当前的路由文件被拒绝，仍运行原来的路由：/r/calls.camel.yaml:19: there is no bean x"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "zh-CN,zh;q=0.9,en;q=0.8|true",
                "en-US,en;q=0.9,zh;q=0.8|false",
                "de,zh;q=0.5|true",
                "de|false",
                "|false"
            })
    void choosesTheLanguageThatTheBrowserPrefers(String languages, boolean chinese) {
        assertThat(StatusPage.prefersChinese(languages)).isEqualTo(chinese);
    }

    private static StatusView view(boolean chinese) {
        return view(STATUSES, chinese);
    }

    private static StatusView view(Map<String, JsonNode> statuses, boolean chinese) {
        return StatusView.of(
                statuses, "t1", Instant.parse("2026-01-30T17:00:00Z"), ZoneId.of("Asia/Shanghai"), chinese, null);
    }
}
