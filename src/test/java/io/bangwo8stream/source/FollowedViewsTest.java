package io.bangwo8stream.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.api.ApiClient;
import io.bangwo8stream.api.ApiRequest;
import io.bangwo8stream.api.ApiUnavailableException;
import io.bangwo8stream.api.Refusals;
import io.bangwo8stream.config.TestSettings;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.record.RecordTyper;
import io.bangwo8stream.record.UnreadableJsonException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FollowedViewsTest {

    private final ViewList api = new ViewList();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @ParameterizedTest
    @EnumSource(Paging.class)
    void followsTheViewsOfAllPagesHoweverTheListIsPaged(Paging paging) {
        api.paging = paging;
        List<String> ids =
                IntStream.rangeClosed(1, 150).mapToObj(Integer::toString).toList();
        ids.forEach(id -> api.add("{'id': '" + id + "', 'active': '1'}"));

        assertThat(follow()).isEqualTo(ids);
        assertThat(api.requests)
                .startsWith("/ticketviews.json?page=1&per_page=100")
                .hasSize(2);
    }

    @Test
    void readsNoMorePagesThanTheLimit() {
        IntStream.rangeClosed(1, 9).forEach(id -> api.add("{'id': " + id + ", 'active': 1}"));

        assertThat(follow("bangwo8.per-page", "2", "bangwo8.max-pages", "3")).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "'true'", "'TRUE'", "'1'", "1", "1.0", "'yes'", "' yes '", "'启用'"})
    void followsAnActiveView(String active) {
        api.add("{'id': 7, 'active': " + active + "}");

        assertThat(follow()).containsExactly("7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "'false'", "'0'", "0", "null", "''", "'no'", "2", "[1]", "{}", "'未启用'"})
    void doesNotFollowAnInactiveView(String active) {
        api.add("{'id': 7, 'active': " + active + "}");

        assertThat(follow()).isEmpty();
    }

    @Test
    void skipsRowsWithoutAUsableIdAndFollowsARepeatedViewOnce() {
        for (String id : List.of("'2'", "'my_tickets'", "null", "''", "15.0", "'2'", "'77'", "7.5", "[1]")) {
            api.add("{'id': " + id + ", 'active': 'yes'}");
        }
        api.add("{'active': 1}");
        api.add("[]");

        assertThat(follow()).containsExactly("2", "15", "77");
    }

    @Test
    void followsTheOtherViewsWhenTheListHasARowThatTheApiCannotSend() {
        IntStream.rangeClosed(1, 25).forEach(id -> api.add("{'id': " + id + ", 'active': 1}"));
        FollowedViews views = followedViews("bangwo8.per-page", "10");
        api.bad = 15;
        assertThat(views.ids("tickets", Set::of)).hasSize(24).doesNotContain("15");
        assertThat(followedViews("bangwo8.per-page", "10").ids("tickets", () -> Set.of("15", "16")))
                .as("its tickets were published before the start")
                .hasSize(25);
        api.bad = -1;
        assertThat(views.ids("tickets", Set::of)).hasSize(25);

        api.bad = 15;
        api.rows.set(2, LenientJson.object().put("id", 3).put("active", 0));

        assertThat(views.ids("tickets", Set::of))
                .as("15 was followed, and its own list tells whether it exists")
                .hasSize(24)
                .contains("15")
                .doesNotContain("3");
    }

    @Test
    void stillFollowsAViewThatAnIncompleteListDoesNotShow() {
        IntStream.rangeClosed(1, 4).forEach(id -> api.add("{'id': " + id + ", 'active': 1}"));
        FollowedViews views = followedViews("bangwo8.per-page", "2");
        views.ids("tickets", Set::of);

        api.missing = 2;

        assertThat(views.ids("tickets", Set::of)).containsExactly("1", "2", "3", "4");
        views.refused("4");
        assertThat(views.ids("tickets", Set::of)).as("4 is deleted").containsExactly("1", "2", "3");
    }

    @Test
    void followsNoViewWhenThereIsNone() {
        assertThat(follow()).isEmpty();
        assertThat(api.requests).hasSize(1);
    }

    private List<String> follow(String... settings) {
        return followedViews(settings).ids("tickets", Set::of);
    }

    private FollowedViews followedViews(String... settings) {
        return new FollowedViews(api, new RecordTyper(ZoneId.of("Asia/Shanghai")), TestSettings.of(settings), meters);
    }

    @Test
    void looksForAConfiguredViewAgainOnlyAfterItsListWasRefused() {
        FollowedViews views = followedViews("bangwo8.ticket-views", "2,15");
        assertThat(views.ids("tickets", Set::of)).containsExactly("2", "15");
        assertThat(views.ids("tickets", Set::of)).containsExactly("2", "15");
        assertThat(api.requests).containsExactly("/ticketviews/2.json", "/ticketviews/15.json");

        api.deleted = "15";
        assertThat(views.ids("tickets", Set::of)).containsExactly("2", "15");
        views.refused("15");

        assertThat(views.ids("tickets", Set::of)).containsExactly("2");
        assertThat(unknown("15")).isEqualTo(1);
        assertThat(unknown("2")).isZero();
        api.deleted = "";
        assertThat(views.ids("tickets", Set::of)).as("the view is back").containsExactly("2", "15");
        assertThat(unknown("15")).isZero();
    }

    private double unknown(String view) {
        return meters.get("bangwo8.view.unknown").tag("view", view).gauge().value();
    }

    private enum Paging {
        BY_COUNT,
        BY_NEXT_PAGE,
        BY_COUNT_DESPITE_NO_NEXT_PAGE,
        BY_FULL_PAGES,
        NONE
    }

    /** The list of ticket views in memory. */
    private static final class ViewList extends ApiClient {

        private final List<JsonNode> rows = new ArrayList<>();
        private final List<String> requests = new ArrayList<>();
        private Paging paging = Paging.BY_COUNT;
        private String deleted = "";
        /** Id of a view in whose place the API sends nothing that can be read. */
        private int bad = -1;
        /** The number of rows at the end that the count promises, and no page contains. */
        private int missing;

        private JsonNode view(ApiRequest request) {
            if (request.path().equals("/ticketviews/" + deleted + ".json")) {
                throw Refusals.absent(request);
            }
            return LenientJson.object();
        }

        private void add(String row) {
            try {
                rows.add(LenientJson.read(row.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
            } catch (UnreadableJsonException wrongTest) {
                throw new AssertionError(row, wrongTest);
            }
        }

        @Override
        public JsonNode get(ApiRequest request) {
            assertThat(request.stream()).as("on whose behalf").isEqualTo("tickets");
            requests.add(request.toString().replace("GET ", ""));
            if (request.path().startsWith("/ticketviews/")) {
                return view(request);
            }
            int perPage = Integer.parseInt(request.query().get("per_page"));
            int page = Integer.parseInt(request.query().get("page"));
            int from = paging == Paging.NONE ? 0 : Math.min((page - 1) * perPage, rows.size());
            int to = paging == Paging.NONE ? rows.size() : Math.min(from + perPage, rows.size() - missing);
            if (rows.subList(from, Math.max(from, to)).stream()
                    .anyMatch(row -> row.path("id").asInt() == bad)) {
                throw new ApiUnavailableException("unreadable", request + " answered 200, but: nothing", null);
            }
            ObjectNode response = LenientJson.object();
            rows.subList(from, Math.max(from, to)).forEach(response.putArray("ticketviews")::add);
            switch (paging) {
                case BY_COUNT -> response.put("count", String.valueOf(rows.size()));
                case BY_COUNT_DESPITE_NO_NEXT_PAGE ->
                    response.put("count", rows.size()).putNull("next_page");
                case BY_NEXT_PAGE ->
                    response.put("next_page", to < rows.size() ? "https://www.bangwo8.com/?page=" + (page + 1) : null);
                default -> {}
            }
            return response;
        }
    }
}
