package io.bangwo8stream.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.api.ApiClient;
import io.bangwo8stream.api.ApiRejectedException;
import io.bangwo8stream.api.ApiRequest;
import io.bangwo8stream.api.ApiUnavailableException;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.config.TestSettings;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.record.RecordTyper;
import io.bangwo8stream.source.Source;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Looks tickets up in a list in memory, of two rows a page. */
class RecordLookUpTest {

    private static final Instant SINCE = Instant.parse("2026-01-20T04:05:06Z");

    private Instant until = SINCE;

    private final Source tickets = TestSource.with(
            "path", "/ticketviews/{listId}/tickets.json",
            "listIds", "2,15",
            "membershipField", "views",
            "window", "",
            "recordsPath", "tickets",
            "idField", "ticketId",
            "fields", "ticket",
            "closed", "",
            "ended", "",
            "created", "createDT",
            "lookUpPath", "/tickets.json",
            "lookUpWindow", "updated_start,updated_end",
            "changed", "updateDT");
    private final TestClock clock = new TestClock("2026-01-31T04:00:00Z");
    private final Tickets api = new Tickets();
    private final Settings settings = TestSettings.of("bangwo8.per-page", "2");
    private final RecordLookUp lookUp = new RecordLookUp(
            api,
            settings,
            new RecordTyper(settings.zone()),
            TestSource.withoutLabels(),
            new SchemaDrift(new SimpleMeterRegistry()),
            clock);

    private static final class Tickets extends ApiClient {

        private final List<JsonNode> rows = new ArrayList<>();
        private final List<String> requests = new ArrayList<>();
        private Integer statedCount;
        private RuntimeException failure;
        private Runnable beforeResponse = () -> {};

        void add(Object id) {
            rows.add(LenientJson.object().put("ticketId", id == null ? null : id.toString()));
        }

        @Override
        public JsonNode get(ApiRequest request) {
            assertThat(request.stream()).as("on whose behalf").isEqualTo("remote-records");
            requests.add(request.toString());
            if (failure != null) {
                throw failure;
            }
            beforeResponse.run();
            int from = (Integer.parseInt(request.query().get("page")) - 1) * 2;
            ObjectNode response = LenientJson.object();
            rows.subList(Math.min(from, rows.size()), Math.min(from + 2, rows.size()))
                    .forEach(response.putArray("tickets")::add);
            return response.put("count", statedCount == null ? rows.size() : statedCount);
        }
    }

    @Test
    void findsTheTicketsThatExistInOneListOfAllPages() {
        for (int id = 1; id <= 5; id++) {
            api.add(id);
        }

        RecordLookUp.Result result = find("1", "5", "8", "9");

        assertThat(ids(result.found())).containsExactlyInAnyOrder("1", "5");
        assertThat(result.absent()).containsExactlyInAnyOrder("8", "9");
        assertThat(result.refused()).isEmpty();
        assertThat(result.failure()).isNull();
        assertThat(result.found().get(0).document())
                .hasToString("{\"record\":{\"ticketId\":1},\"labels\":{},\"views\":[]}");
        assertThat(api.requests).hasSize(3);
        assertThat(api.requests.get(0))
                .isEqualTo("GET /tickets.json?updated_start=2026-01-20%2012%3A05%3A06"
                        + "&updated_end=2026-01-31%2023%3A59%3A59&page=1&per_page=2");
    }

    @Test
    void looksUpToAChangeThatTheApiHasDatedAhead() {
        until = clock.instant().plus(Duration.ofDays(2));

        find("9");

        assertThat(api.requests.get(0)).contains("updated_end=2026-02-02%2023%3A59%3A59");
    }

    @Test
    void knowsNothingAboutAMissingTicketFromAListThatIsNotWhole() {
        api.add(1);
        api.statedCount = 2;
        assertThat(find("1", "9")).satisfies(this::isUnknown);
        api.statedCount = null;
        api.add(null);
        assertThat(find("1", "9")).as("a row without an id").satisfies(this::isUnknown);
        api.rows.remove(1);
        assertThat(find("1", "9").absent()).containsExactly("9");
    }

    @Test
    void knowsNothingAboutAMissingTicketWhenTheDayChangesMeanwhile() {
        api.add(1);
        api.beforeResponse = () -> clock.advance(Duration.ofHours(12));

        assertThat(find("1", "9")).satisfies(this::isUnknown);
    }

    @Test
    void knowsNothingWhenTheListFailsOrTheLoginIsRefused() {
        for (RuntimeException failure : List.of(
                new ApiUnavailableException("500", "GET /tickets.json answered 500", null),
                new ApiRejectedException("401", "GET /tickets.json answered 401"),
                new ApiRejectedException("error", "GET /tickets.json answered 100999: busy"))) {
            api.failure = failure;
            RecordLookUp.Result result = find("9");

            assertThat(result.absent()).isEmpty();
            assertThat(result.refused()).isEmpty();
            assertThat(result.failure()).startsWith("GET /tickets.json answered");
        }
    }

    private void isUnknown(RecordLookUp.Result result) {
        assertThat(ids(result.found())).containsExactly("1");
        assertThat(result.absent()).isEmpty();
        assertThat(result.refused()).isEmpty();
        assertThat(result.failure()).isNotNull();
    }

    private RecordLookUp.Result find(String... ids) {
        return lookUp.find(tickets, Set.of(ids), SINCE, until);
    }

    private static Set<String> ids(List<FetchedRecord> records) {
        return records.stream().map(FetchedRecord::id).collect(Collectors.toSet());
    }
}
