package io.bangwo8stream.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HelpDeskTest {

    private static final Instant NOW = Instant.parse("2026-03-05T04:00:00Z");
    private static final Clock NOON = Clock.fixed(NOW, ZoneOffset.UTC);

    @Test
    void simulatesTheSameActivityForTheSameSeed() {
        assertThat(simulate(5, 40)).isEqualTo(simulate(5, 40));
        assertThat(simulate(5, 40)).isNotEqualTo(simulate(6, 40));
    }

    private static List<String> simulate(long seed, int steps) {
        HelpDesk desk = HelpDesk.realistic(50, seed, NOON).keepHistory();
        for (int i = 0; i < steps; i++) {
            desk.simulateStep();
        }
        return desk.history().versions().stream()
                .map(version -> version.toJson().toString())
                .toList();
    }

    @Test
    void addsAndFinishesRecordsWithLaterSummariesAndRatings() {
        HelpDesk desk = HelpDesk.realistic(100, 5, NOON).keepHistory();
        for (int i = 0; i < 200; i++) {
            desk.simulateStep();
        }
        assertThat(desk.remoteRecords().size()).isGreaterThan(150);
        Set<String> changes = new HashSet<>();
        for (String id : desk.remoteRecords().ids()) {
            addChanges(desk.history().of(id), changes);
        }
        assertThat(changes).contains("finished", "summary", "rating", "chat");
    }

    private static void addChanges(List<RecordHistory.Version> versions, Set<String> changes) {
        for (int i = 1; i < versions.size(); i++) {
            RecordHistory.Version before = versions.get(i - 1);
            RecordHistory.Version after = versions.get(i);
            if (after.chat().size() > before.chat().size()) {
                changes.add("chat");
            }
            if (!after.summary().equals(before.summary())) {
                changes.add("summary");
            }
            if (before.row().path("csStat").asInt() != 5
                    && after.row().path("csStat").asInt() == 5) {
                changes.add("finished");
            }
            if (before.row().path("commentScore").asInt() == 0
                    && after.row().path("commentScore").asInt() > 0) {
                changes.add("rating");
            }
        }
    }

    @Test
    void containsRealisticAndIrregularRecordsOfTheLastDaysOnly() {
        HelpDesk desk = HelpDesk.realistic(300, 5, NOON);
        LocalDate today = VendorTime.now(NOON).toLocalDate();
        RecordPage all = desk.remoteRecords().page(today.minusDays(6), today, 1, 1000);

        assertThat(all.count()).isEqualTo(300);
        assertThat(all.rows()).anyMatch(record -> record.chat().size() > 100);
        assertThat(all.rows()).anyMatch(record -> record.field("payDateTime").equals("0000-00-00 00:00:00"));
        assertThat(all.rows()).anyMatch(record -> record.row().path("csId").isTextual());
        assertThat(all.rows())
                .anyMatch(record -> record.summary().path("status").asText().equals("120001"));
        assertThat(all.rows())
                .anyMatch(record -> new String(record.rowJson(), StandardCharsets.UTF_8).contains("a:4:{"));
        assertThat(desk.ticketStore().views()).hasSize(12);
        assertThat(desk.ticketStore().count("2")).isEqualTo(30);
        assertThat(desk.ticketStore().count("15") + desk.ticketStore().count("17"))
                .isEqualTo(30);
    }

    @Test
    void distributesUniformRecordsEvenlyOverTheDaysUpToToday() {
        HelpDesk desk = HelpDesk.uniform(1000, 5, 0, Clock.offset(NOON, Duration.ofHours(1)));
        LocalDate today = VendorTime.now(NOON).toLocalDate();

        for (int back = 0; back < 5; back++) {
            LocalDate day = today.minusDays(back);
            assertThat(desk.remoteRecords().page(day, day, 1, 1).count()).isEqualTo(200);
        }
        HelpDeskRecord first = desk.remoteRecords().find("1000000").orElseThrow();
        assertThat(first.row().path("contents").asText()).endsWith("/chatrecords/1000000.json");
        assertThat(first.row().path("csBTime").asText()).isEqualTo("2026-03-01 00:00:00");
        assertThat(first.chat()).hasSize(2);
        assertThat(first.summary().path("status").asText()).isEqualTo("200");
    }

    @Test
    void keepsEveryVersionOfARecord() {
        HelpDesk desk = HelpDesk.empty(NOON);
        String id = desk.add(SampleRows.remoteRecord(1, "2026-03-05 10:00:00"));
        desk.keepHistory();
        desk.change(id, row -> row.put("note", "改"));
        desk.addChat(id, SampleRows.message(true, "好", "2026-03-05 10:00:01"));
        desk.setSummary(id, SampleSummaries.noTemplate());
        desk.remove(id);

        List<RecordHistory.Version> versions = desk.history().of("1");
        assertThat(versions).extracting(RecordHistory.Version::sequence).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(versions.get(0).row().path("note").asText()).isEqualTo("无法上网");
        assertThat(versions.get(1).row().path("note").asText()).isEqualTo("改");
        assertThat(versions.get(2).chat()).hasSize(1);
        assertThat(versions.get(3).summary().path("status").asText()).isEqualTo("120001");
        assertThat(versions.get(4).removed()).isTrue();
    }

    @Test
    void changesOneUniformRecordWithoutTheOthers() {
        HelpDesk desk = HelpDesk.uniform(10, 1, 0, NOON);
        desk.change("1000003", row -> row.put("companyName", "新公司"));

        assertThat(desk.remoteRecords().find("1000003").orElseThrow().field("companyName"))
                .isEqualTo("新公司");
        assertThat(desk.remoteRecords().find("1000004").orElseThrow().field("companyName"))
                .isNotEqualTo("新公司");
        assertThat(desk.remoteRecords().state("1000003").orElseThrow().chat()).hasSize(2);
    }
}
