package io.bangwo8stream.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.standin.Json;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DayStripTest {

    /** Already 31 January at the vendor. */
    private static final Instant NOW = Instant.parse("2026-01-30T17:00:00Z");

    @Test
    void showsHowFarEachDayIsScannedUpToTodayAtTheVendor() {
        assertThat(strip("""
                        {"firstDay": "2026-01-24", "completeDays": "2026-01-28..2026-01-30",
                         "incompleteDays": ["2026-01-29", "2026-01-24"], "mode": "backfill",
                         "window": "2026-01-25..2026-01-26", "completeUpTo": "2026-01-30T16:59:30Z"}"""))
                .containsExactly(
                        "2026-01-24 INCOMPLETE",
                        "2026-01-25 BACKFILLING",
                        "2026-01-26 BACKFILLING",
                        "2026-01-27 PENDING",
                        "2026-01-28 COMPLETE",
                        "2026-01-29 INCOMPLETE",
                        "2026-01-30 COMPLETE",
                        "2026-01-31 COMPLETE");
    }

    @Test
    void showsTodayAsPendingUntilItWasScanned() {
        assertThat(strip("""
                        {"firstDay": "2026-01-30", "completeDays": "2026-01-30..2026-01-30", "mode": "sweep",
                         "window": "2026-01-31..2026-01-31", "completeUpTo": "2026-01-30T15:59:59Z"}""")).containsExactly("2026-01-30 COMPLETE", "2026-01-31 PENDING");
        assertThat(strip("{\"firstDay\": \"2026-01-31\", \"completeDays\": \"\"}"))
                .containsExactly("2026-01-31 PENDING");
    }

    @Test
    void showsNoMoreDaysThanAWindowHasRoomFor() {
        assertThat(strip("{\"firstDay\": \"2017-01-01\", \"completeDays\": \"\"}"))
                .hasSize(DayStrip.MOST_DAYS)
                .endsWith("2026-01-31 PENDING");
    }

    @Test
    void showsNoDayWhereRecordsHaveNoneOrTheStatusCannotBeRead() {
        assertThat(strip("{\"source\": \"tickets\"}")).isEmpty();
        assertThat(strip("{\"firstDay\": \"yesterday\"}")).isEmpty();
        assertThat(strip("{\"firstDay\": \"2026-01-31\", \"completeDays\": \"all\"}"))
                .isEmpty();
    }

    private static List<String> strip(String status) {
        return new DayStrip(Json.read(status), ZoneId.of("Asia/Shanghai"))
                .days(NOW).stream().map(day -> day.date() + " " + day.state()).collect(Collectors.toList());
    }
}
