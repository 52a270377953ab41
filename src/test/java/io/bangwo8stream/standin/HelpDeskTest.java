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
    void livesTheSameLifeForTheSameSeed() {
        assertThat(lived(5, 40)).isEqualTo(lived(5, 40));
        assertThat(lived(5, 40)).isNotEqualTo(lived(6, 40));
    }

    private static List<String> lived(long seed, int steps) {
        HelpDesk desk = HelpDesk.lifelike(50, seed, NOON).keepHistory();
        for (int i = 0; i < steps; i++) {
            desk.live();
        }
        return desk.history().versions().stream()
                .map(version -> version.toJson().toString())
                .toList();
    }

    @Test
    void addsRecordsFinishesThemAndLetsSummariesAndRatingsComeLate() {
        HelpDesk desk = HelpDesk.lifelike(100, 5, NOON).keepHistory();
        for (int i = 0; i < 200; i++) {
            desk.live();
        }
        assertThat(desk.remoteRecords().size()).isGreaterThan(150);
        Set<String> seen = new HashSet<>();
        for (String id : desk.remoteRecords().ids()) {
            describeSteps(desk.history().of(id), seen);
        }
        assertThat(seen).contains("finished", "summary", "rating", "chat");
    }

    private static void describeSteps(List<History.Version> versions, Set<String> seen) {
        for (int i = 1; i < versions.size(); i++) {
            History.Version before = versions.get(i - 1);
            History.Version after = versions.get(i);
            if (after.chat().size() > before.chat().size()) {
                seen.add("chat");
            }
            if (!after.summary().equals(before.summary())) {
                seen.add("summary");
            }
            if (before.row().path("csStat").asInt() != 5
                    && after.row().path("csStat").asInt() == 5) {
                seen.add("finished");
            }
            if (before.row().path("commentScore").asInt() == 0
                    && after.row().path("commentScore").asInt() > 0) {
                seen.add("rating");
            }
        }
    }

    @Test
    void holdsLifelikeRecordsOfTheLastDaysOnlyAndAwkwardOnesAmongThem() {
        HelpDesk desk = HelpDesk.lifelike(300, 5, NOON);
        LocalDate today = VendorTime.now(NOON).toLocalDate();
        Slice all = desk.remoteRecords().page(today.minusDays(6), today, 1, 1000);

        assertThat(all.count()).isEqualTo(300);
        assertThat(all.rows()).anyMatch(held -> held.chat().size() > 100);
        assertThat(all.rows()).anyMatch(held -> held.field("payDateTime").equals("0000-00-00 00:00:00"));
        assertThat(all.rows()).anyMatch(held -> held.row().path("csId").isTextual());
        assertThat(all.rows())
                .anyMatch(held -> held.summary().path("status").asText().equals("120001"));
        assertThat(all.rows()).anyMatch(held -> new String(held.rowJson(), StandardCharsets.UTF_8).contains("a:4:{"));
        assertThat(desk.ticketBook().views()).hasSize(12);
        assertThat(desk.ticketBook().count("2")).isEqualTo(30);
        assertThat(desk.ticketBook().count("15") + desk.ticketBook().count("17"))
                .isEqualTo(30);
    }

    @Test
    void spreadsUniformRecordsEvenlyOverTheDaysUpToToday() {
        HelpDesk desk = HelpDesk.uniform(1000, 5, 0, Clock.offset(NOON, Duration.ofHours(1)));
        LocalDate today = VendorTime.now(NOON).toLocalDate();

        for (int back = 0; back < 5; back++) {
            LocalDate day = today.minusDays(back);
            assertThat(desk.remoteRecords().page(day, day, 1, 1).count()).isEqualTo(200);
        }
        DeskRecord first = desk.remoteRecords().find("1000000").orElseThrow();
        assertThat(first.row().path("contents").asText()).endsWith("/chatrecords/1000000.json");
        assertThat(first.row().path("csBTime").asText()).isEqualTo("2026-03-01 00:00:00");
        assertThat(first.chat()).hasSize(2);
        assertThat(first.summary().path("status").asText()).isEqualTo("200");
    }

    @Test
    void keepsEveryVersionOfARecord() {
        HelpDesk desk = HelpDesk.empty(NOON);
        String id = desk.add(Rows.remoteRecord(1, "2026-03-05 10:00:00"));
        desk.keepHistory();
        desk.change(id, row -> row.put("note", "改"));
        desk.addChat(id, Rows.message(true, "好", "2026-03-05 10:00:01"));
        desk.setSummary(id, Summaries.noTemplate());
        desk.remove(id);

        List<History.Version> versions = desk.history().of("1");
        assertThat(versions).extracting(History.Version::sequence).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(versions.get(0).row().path("note").asText()).isEqualTo("无法上网");
        assertThat(versions.get(1).row().path("note").asText()).isEqualTo("改");
        assertThat(versions.get(2).chat()).hasSize(1);
        assertThat(versions.get(3).summary().path("status").asText()).isEqualTo("120001");
        assertThat(versions.get(4).removed()).isTrue();
    }

    @Test
    void changesAUniformRecordLikeAnyOther() {
        HelpDesk desk = HelpDesk.uniform(10, 1, 0, NOON);
        desk.change("1000003", row -> row.put("companyName", "新公司"));

        assertThat(desk.remoteRecords().find("1000003").orElseThrow().field("companyName"))
                .isEqualTo("新公司");
        assertThat(desk.remoteRecords().find("1000004").orElseThrow().field("companyName"))
                .isNotEqualTo("新公司");
        assertThat(desk.remoteRecords().state("1000003").orElseThrow().chat()).hasSize(2);
    }
}
