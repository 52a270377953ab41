package io.bangwo8stream.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.bangwo8stream.api.PageCursor.Oddity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageCursorTest {

    private static final ApiRequest LIST =
            new ApiRequest("/list.json", "/list.json", Map.of("starttime", "2026-01-01"));
    private static final String NEXT_PAGE_URL = "https://www.bangwo8.com/api/v1/list.json?per_page=2&page=";

    @Test
    void requestsPagesUntilTheApiStatesThatThereIsNoNextPage() {
        QueuedResponses api = QueuedResponses.of(
                page("1,2", "5", NEXT_PAGE_URL + 2), page("3,4", "5", NEXT_PAGE_URL + 3), page("5", "5", null));
        PageCursorDriver pages = pages(api, false);

        assertThat(rows(pages)).containsExactly("1", "2", "3", "4", "5");
        assertThat(api.requests)
                .extracting(ApiRequest::toString)
                .containsExactly(
                        "GET /list.json?starttime=2026-01-01&page=1&per_page=2",
                        "GET /list.json?starttime=2026-01-01&page=2&per_page=2",
                        "GET /list.json?starttime=2026-01-01&page=3&per_page=2");
        assertThat(pages.cursor().oddity()).isEmpty();
        assertThat(pages.cursor().count()).hasValue(5);
        assertThat(pages.cursor().isShort()).isFalse();
    }

    @Test
    void requestsOnlyOnePageOfAnEmptyList() {
        QueuedResponses api = QueuedResponses.of("{'rows': [], 'count': 0, 'next_page': '" + NEXT_PAGE_URL + "2'}");

        assertThat(rows(pages(api, true))).isEmpty();
        assertThat(api.requestedPages()).containsExactly(1);
    }

    @Test
    void followsTheCountWhenTheResponseHasNoNextPageMember() {
        QueuedResponses api = QueuedResponses.of("{'rows': [1, 2], 'count': '4'}", "{'rows': [3, 4], 'count': '4'}");

        assertThat(rows(pages(api, false))).hasSize(4);
        assertThat(api.requestedPages()).containsExactly(1, 2);
    }

    @Test
    void continuesAfterAFullPageWhenTheResponseHasNoCountAndNoNextPageMember() {
        QueuedResponses api = QueuedResponses.of("{'rows': [1, 2]}", "{'rows': [3]}");

        assertThat(rows(pages(api, false))).hasSize(3);
        assertThat(api.requestedPages()).containsExactly(1, 2);
    }

    @Test
    void endsWhenTheNextPageIsNullAlthoughTheCountStatesMoreRows() {
        QueuedResponses api = QueuedResponses.of(page("1,2", "9", null));
        PageCursorDriver pages = pages(api, false);

        assertThat(rows(pages)).hasSize(2);
        assertThat(pages.cursor().isShort()).isTrue();
        assertThat(pages.cursor().oddity()).isEmpty();
    }

    @Test
    void followsTheCountInsteadOfTheNextPageWhenByCountIsTrue() {
        QueuedResponses api =
                QueuedResponses.of(page("1,2", "5", null), page("3,4", "5", NEXT_PAGE_URL + 2), page("5", "5", null));
        PageCursorDriver pages = pages(api, true);

        assertThat(rows(pages)).hasSize(5);
        assertThat(pages.cursor().isShort()).isFalse();
        assertThat(pages.cursor().oddity()).isEmpty();
    }

    @Test
    void endsAtAnEmptyPageAlthoughTheCountStatesMoreRows() {
        QueuedResponses api = QueuedResponses.of(page("1,2", "9", NEXT_PAGE_URL + 2), page("", "9", NEXT_PAGE_URL + 3));
        PageCursorDriver pages = pages(api, true);

        assertThat(rows(pages)).hasSize(2);
        assertThat(pages.cursor().isShort()).isTrue();
    }

    @Test
    void endsAtAShortPageThatReachesTheCountAlthoughANextPageIsNamed() {
        QueuedResponses api =
                QueuedResponses.of(page("1,2", "3", NEXT_PAGE_URL + 2), page("3", "3", NEXT_PAGE_URL + 3));

        assertThat(rows(pages(api, false))).hasSize(3);
        assertThat(api.requestedPages()).containsExactly(1, 2);
    }

    @Test
    void continuesAfterAShortPageWhenTheCountStatesMoreRows() {
        QueuedResponses api = QueuedResponses.of(page("1", "3", NEXT_PAGE_URL + 2), page("2,3", "3", null));

        assertThat(rows(pages(api, false))).hasSize(3);
    }

    @Test
    void continuesAfterAFullPageThatReachesTheCountWhenANextPageIsNamed() {
        QueuedResponses api = QueuedResponses.of(page("1,2", "2", NEXT_PAGE_URL + 2), page("3", "3", null));

        assertThat(rows(pages(api, false))).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void endsWhenTheNextPageIsTheCurrentPageOrAnEarlierPage(int named) {
        QueuedResponses api =
                QueuedResponses.of(page("1,2", "9", NEXT_PAGE_URL + 2), page("3,4", "9", NEXT_PAGE_URL + named));
        PageCursorDriver pages = pages(api, false);

        assertThat(rows(pages)).hasSize(4);
        assertThat(pages.cursor().oddity()).contains(Oddity.REPEATED_NEXT_PAGE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void dropsAPageWithTheSameRowsAsThePreviousPage(boolean byCount) {
        QueuedResponses api =
                QueuedResponses.of(page("1,2", "9", NEXT_PAGE_URL + 2), page("1,2", "9", NEXT_PAGE_URL + 3));
        PageCursorDriver pages = pages(api, byCount);

        assertThat(rows(pages)).containsExactly("1", "2");
        assertThat(pages.cursor().oddity()).contains(Oddity.REPEATED_PAGE);
    }

    @Test
    void detectsAPaginationCycle() {
        QueuedResponses api = QueuedResponses.of(
                page("1", "99", NEXT_PAGE_URL + 2),
                page("2", "99", NEXT_PAGE_URL + 3),
                page("3", "99", NEXT_PAGE_URL + 4),
                page("1", "99", NEXT_PAGE_URL + 5),
                page("2", "99", NEXT_PAGE_URL + 6),
                page("3", "99", NEXT_PAGE_URL + 7),
                page("1", "99", NEXT_PAGE_URL + 8));
        PageCursorDriver pages = pages(api, false);

        assertThat(rows(pages)).containsExactly("1", "2", "3", "1", "2", "3");
        assertThat(pages.cursor().oddity()).contains(Oddity.REPEATED_PAGE);
    }

    @Test
    void endsAtTheMaximumNumberOfPages() {
        QueuedResponses api = QueuedResponses.of(
                page("1,2", "99", NEXT_PAGE_URL + 2),
                page("3,4", "99", NEXT_PAGE_URL + 3),
                page("5,6", "99", NEXT_PAGE_URL + 4));
        PageCursorDriver pages = new PageCursorDriver(new PageCursor(LIST, "rows", 2, 3, false), api);

        assertThat(rows(pages)).hasSize(6);
        assertThat(pages.cursor().oddity()).contains(Oddity.TOO_MANY_PAGES);
    }

    @Test
    void reportsNoOddityWhenTheListEndsAtTheMaximumNumberOfPages() {
        QueuedResponses api = QueuedResponses.of(page("1,2", "3", NEXT_PAGE_URL + 2), page("3", "3", null));
        PageCursorDriver pages = new PageCursorDriver(new PageCursor(LIST, "rows", 2, 2, false), api);

        assertThat(rows(pages)).hasSize(3);
        assertThat(pages.cursor().oddity()).isEmpty();
    }

    @Test
    void hasNoNextPageAfterAFailedCall() {
        PageCursorDriver pages = pages(
                request -> {
                    throw new ApiRejectedException("403", request + " answered 403");
                },
                false);

        assertThatThrownBy(pages::next).isInstanceOf(ApiRejectedException.class);
        assertThat(pages.hasNext()).isFalse();
        assertThat(pages.cursor().count()).isEmpty();
        assertThat(pages.cursor().isShort()).isFalse();
    }

    @Test
    void endsAtAPageThatDoesNotExistWhenNoCountPromisesMore() {
        QueuedResponses api = QueuedResponses.of(
                "{'rows': [1, 2], 'next_page': '/?page=2'}", "{'rows': [3, 4], 'next_page': '/?page=3'}");
        PageCursorDriver pages = pages(orMissing(api), false);

        assertThat(rows(pages)).hasSize(4);
        assertThat(pages.cursor().oddity()).isEmpty();
        assertThat(pages.cursor().isShort()).isFalse();
    }

    @Test
    void failsAtAPageThatDoesNotExistAlthoughTheCountPromisesMore() {
        PageCursorDriver pages = pages(orMissing(QueuedResponses.of(page("1,2", "5", NEXT_PAGE_URL + 2))), false);
        pages.next();

        assertThatThrownBy(pages::next)
                .isInstanceOf(ApiRejectedException.class)
                .hasMessageContaining("page=2 does not exist, but count promises more rows");
    }

    @Test
    void requestsAListWithoutContentOnce() {
        PageCursorDriver pages = pages(orMissing(QueuedResponses.of()), false);

        assertThat(rows(pages)).isEmpty();
        assertThat(pages.cursor().count()).isEmpty();
    }

    @Test
    void followsPagesThatAreSmallerThanAskedForWhereNothingStatesMore() {
        QueuedResponses api =
                QueuedResponses.of("{'rows': [1, 2, 3]}", "{'rows': [4, 5, 6]}", "{'rows': [7]}", "{'rows': []}");
        PageCursorDriver pages = new PageCursorDriver(new PageCursor(LIST, "rows", 10, 100, false), api);

        assertThat(rows(pages)).hasSize(7);
        assertThat(api.requestedPages()).containsExactly(1, 2, 3);
        assertThat(pages.cursor().pageSize()).isEqualTo(3);
    }

    @Test
    void takesTheSameRowsForTheEndOfAListThatHasNoPages() {
        QueuedResponses api = QueuedResponses.of("{'rows': [1, 2, 3]}", "{'rows': [1, 2, 3]}");
        PageCursorDriver pages = new PageCursorDriver(new PageCursor(LIST, "rows", 10, 100, false), api);

        assertThat(rows(pages)).hasSize(3);
        assertThat(pages.cursor().oddity()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void recognisesACountOfThePageInsteadOfTheList(boolean next) {
        QueuedResponses api = QueuedResponses.of(
                "{'rows': [1, 2], 'count': 2" + (next ? ", 'next_page': '/?page=2'}" : "}"),
                "{'rows': [3, 4], 'count': 2" + (next ? ", 'next_page': '/?page=3'}" : "}"),
                "{'rows': [5], 'count': 1" + (next ? ", 'next_page': null}" : "}"));
        PageCursorDriver pages = pages(api, false);

        assertThat(rows(pages)).hasSize(5);
        assertThat(pages.cursor().count()).isEmpty();
        assertThat(pages.cursor().isCountChanged()).isFalse();
    }

    @Test
    void doesNotTrustACountThatIsLowerThanTheNumberOfRows() {
        QueuedResponses api = QueuedResponses.of("{'rows': [1, 2], 'count': 0}", "{'rows': [3], 'count': 0}");

        assertThat(rows(pages(api, false))).hasSize(3);
    }

    private static Function<ApiRequest, JsonNode> orMissing(QueuedResponses api) {
        return request -> {
            try {
                return api.apply(request);
            } catch (NoSuchElementException noSuchPage) {
                return MissingNode.getInstance();
            }
        };
    }

    @Test
    void namesOdditiesInLowerCaseWithDashes() {
        assertThat(Oddity.values())
                .extracting(Oddity::toString)
                .containsExactly("repeated-next-page", "repeated-page", "too-many-pages");
    }

    static List<String> rows(PageCursorDriver pages) {
        List<String> rows = new ArrayList<>();
        while (pages.hasNext()) {
            pages.next().rows().forEach(row -> rows.add(row.toString()));
        }
        return rows;
    }

    private static PageCursorDriver pages(Function<ApiRequest, JsonNode> api, boolean byCount) {
        return new PageCursorDriver(new PageCursor(LIST, "rows", 2, 100, byCount), api);
    }

    private static String page(String rows, String count, String next) {
        return "{'rows': [" + rows + "], 'count': " + count + ", 'next_page': "
                + (next == null ? "null" : "'" + next + "'") + "}";
    }
}
