package io.bangwo8stream.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.record.LenientJson;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of 25 rows, of which the API cannot send some: every response that contains one of them fails. */
class PageSplitterTest {

    private static final ApiRequest LIST = new ApiRequest("/list.json", "/list.json", Map.of());
    private static final ApiUnavailableException FAILURE = new ApiUnavailableException("500", "page failed", null);

    private Set<Integer> bad = Set.of();
    private int requests;
    private int largestPage = 1000;
    private final ApiClient api = new ApiClient() {
        @Override
        public JsonNode get(ApiRequest request) {
            requests++;
            assertThat(request.retried()).isFalse();
            int size = Math.min(largestPage, Integer.parseInt(request.query().get("per_page")));
            int from = (Integer.parseInt(request.query().get("page")) - 1) * size;
            List<Integer> ids = IntStream.rangeClosed(from + 1, Math.min(from + size, 25))
                    .boxed()
                    .toList();
            if (ids.stream().anyMatch(bad::contains)) {
                throw new ApiUnavailableException("500", request + " answered 500", null);
            }
            ObjectNode response = LenientJson.object().put("count", 25);
            ids.forEach(id -> response.withArray("rows").addObject().put("id", id));
            response.withArray("rows");
            return response;
        }
    };

    @Test
    void readsAllOtherRowsOfAPageWithABadRow() {
        bad = Set.of(15);

        PageSplitter.Result page = split(2, 10);

        assertThat(ids(page)).containsExactly(11, 12, 13, 14, 16, 17, 18, 19, 20);
        assertThat(page.unreadable()).singleElement().satisfies(row -> {
            assertThat(row.position()).isEqualTo(15);
            assertThat(row.neighbour().path("id").asInt()).isEqualTo(14);
            assertThat(row.cause()).hasMessage("GET /list.json?page=15&per_page=1 answered 500");
        });
        assertThat(page.count()).hasValue(25);
        assertThat(requests).isEqualTo(7);
    }

    @Test
    void readsAllOtherRowsOfTheOnlyPage() {
        bad = Set.of(1, 25);

        PageSplitter.Result page = split(1, 100);

        assertThat(ids(page)).hasSize(23).doesNotContain(1, 25);
        assertThat(page.unreadable())
                .extracting(PageSplitter.Unreadable::position)
                .containsExactly(1L, 25L);
    }

    @Test
    void readsAWholePageWhoseFailureWasTemporary() {
        assertThat(ids(split(1, 10))).hasSize(10);
        assertThat(requests).isEqualTo(2);
    }

    @Test
    void failsWhenTheApiFailsWhateverPartIsRequested() {
        bad = Set.copyOf(IntStream.rangeClosed(1, 25).boxed().toList());

        assertThatThrownBy(() -> split(1, 20)).isSameAs(FAILURE);
        assertThat(requests).isLessThanOrEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 7, 10})
    void readsTheFirstPageOfAnApiThatSendsFewerRowsThanAskedFor(int badRow) {
        largestPage = 10;
        bad = Set.of(badRow);

        PageSplitter.Result page = split(1, 100);

        assertThat(ids(page)).hasSize(9).doesNotContain(badRow).allMatch(id -> id <= 10);
        assertThat(page.unreadable())
                .extracting(PageSplitter.Unreadable::position)
                .containsExactly((long) badRow);
    }

    private PageSplitter.Result split(int number, int size) {
        return new PageSplitter(api, LIST, "rows").split(number, size, FAILURE);
    }

    private static List<Integer> ids(PageSplitter.Result page) {
        return page.rows().stream().map(row -> row.path("id").asInt()).toList();
    }
}
