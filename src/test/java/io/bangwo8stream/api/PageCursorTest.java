package io.bangwo8stream.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.api.PageCursor.Oddity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageCursorTest {

    private static final ApiRequest LIST =
            new ApiRequest("/list.json", "/list.json", Map.of("starttime", "2026-01-01"));
    private static final String MORE = "https://www.bangwo8.com/api/v1/list.json?per_page=2&page=";

    @Test
    void asksPageAfterPageUntilTheApiSaysThereIsNoNext() {
        Answers api = Answers.of(page("1,2", "5", MORE + 2), page("3,4", "5", MORE + 3), page("5", "5", null));
        PageCursor cursor = cursor(api, false);

        assertThat(rows(cursor)).containsExactly("1", "2", "3", "4", "5");
        assertThat(api.asked)
                .extracting(ApiRequest::toString)
                .containsExactly(
                        "GET /list.json?starttime=2026-01-01&page=1&per_page=2",
                        "GET /list.json?starttime=2026-01-01&page=2&per_page=2",
                        "GET /list.json?starttime=2026-01-01&page=3&per_page=2");
        assertThat(cursor.oddity()).isEmpty();
        assertThat(cursor.count()).hasValue(5);
        assertThat(cursor.isShort()).isFalse();
    }

    @Test
    void asksForOnePageOfAListThatIsEmpty() {
        Answers api = Answers.of("{'rows': [], 'count': 0, 'next_page': '" + MORE + "2'}");

        assertThat(rows(cursor(api, true))).isEmpty();
        assertThat(api.pages()).containsExactly(1);
    }

    @Test
    void goesByTheCountWhereNothingIsSaidOfANextPage() {
        Answers api = Answers.of("{'rows': [1, 2], 'count': '4'}", "{'rows': [3, 4], 'count': '4'}");

        assertThat(rows(cursor(api, false))).hasSize(4);
        assertThat(api.pages()).containsExactly(1, 2);
    }

    @Test
    void goesOnAfterAFullPageWhereNeitherIsSaid() {
        Answers api = Answers.of("{'rows': [1, 2]}", "{'rows': [3]}");

        assertThat(rows(cursor(api, false))).hasSize(3);
        assertThat(api.pages()).containsExactly(1, 2);
    }

    @Test
    void believesThatThereIsNoNextPageThoughTheCountPromisesMore() {
        Answers api = Answers.of(page("1,2", "9", null));
        PageCursor cursor = cursor(api, false);

        assertThat(rows(cursor)).hasSize(2);
        assertThat(cursor.isShort()).isTrue();
        assertThat(cursor.oddity()).isEmpty();
    }

    @Test
    void goesByTheCountAgainstTheNextPageWhenItIsToldTo() {
        Answers api = Answers.of(page("1,2", "5", null), page("3,4", "5", MORE + 2), page("5", "5", null));
        PageCursor cursor = cursor(api, true);

        assertThat(rows(cursor)).hasSize(5);
        assertThat(cursor.isShort()).isFalse();
        assertThat(cursor.oddity()).isEmpty();
    }

    @Test
    void endsAtAnEmptyPageThoughMoreIsPromised() {
        Answers api = Answers.of(page("1,2", "9", MORE + 2), page("", "9", MORE + 3));
        PageCursor cursor = cursor(api, true);

        assertThat(rows(cursor)).hasSize(2);
        assertThat(cursor.isShort()).isTrue();
    }

    @Test
    void endsAtAShortPageWithAllThatWasCountedThoughANextPageIsNamed() {
        Answers api = Answers.of(page("1,2", "3", MORE + 2), page("3", "3", MORE + 3));

        assertThat(rows(cursor(api, false))).hasSize(3);
        assertThat(api.pages()).containsExactly(1, 2);
    }

    @Test
    void goesOnAfterAShortPageWhileMoreIsCounted() {
        Answers api = Answers.of(page("1", "3", MORE + 2), page("2,3", "3", null));

        assertThat(rows(cursor(api, false))).hasSize(3);
    }

    @Test
    void goesOnAfterAFullPageThatReachesTheCountWhereANextPageIsNamed() {
        Answers api = Answers.of(page("1,2", "2", MORE + 2), page("3", "3", null));

        assertThat(rows(cursor(api, false))).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void endsWhereTheNextPageIsThisOneOrAnEarlierOne(int named) {
        Answers api = Answers.of(page("1,2", "9", MORE + 2), page("3,4", "9", MORE + named));
        PageCursor cursor = cursor(api, false);

        assertThat(rows(cursor)).hasSize(4);
        assertThat(cursor.oddity()).contains(Oddity.REPEATED_NEXT_PAGE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void dropsAPageWithTheRowsOfTheOneBefore(boolean byCount) {
        Answers api = Answers.of(page("1,2", "9", MORE + 2), page("1,2", "9", MORE + 3));
        PageCursor cursor = cursor(api, byCount);

        assertThat(rows(cursor)).containsExactly("1", "2");
        assertThat(cursor.oddity()).contains(Oddity.REPEATED_PAGE);
    }

    @Test
    void leavesACircleOfPages() {
        Answers api = Answers.of(
                page("1", "99", MORE + 2),
                page("2", "99", MORE + 3),
                page("3", "99", MORE + 4),
                page("1", "99", MORE + 5),
                page("2", "99", MORE + 6),
                page("3", "99", MORE + 7),
                page("1", "99", MORE + 8));
        PageCursor cursor = cursor(api, false);

        assertThat(rows(cursor)).containsExactly("1", "2", "3", "1", "2", "3");
        assertThat(cursor.oddity()).contains(Oddity.REPEATED_PAGE);
    }

    @Test
    void endsAtTheCeilingOfPages() {
        Answers api = Answers.of(page("1,2", "99", MORE + 2), page("3,4", "99", MORE + 3), page("5,6", "99", MORE + 4));
        PageCursor cursor = new PageCursor(api, LIST, "rows", 2, 3, false);

        assertThat(rows(cursor)).hasSize(6);
        assertThat(cursor.oddity()).contains(Oddity.TOO_MANY_PAGES);
    }

    @Test
    void isNotOddWhenTheLastPageIsTheCeiling() {
        Answers api = Answers.of(page("1,2", "3", MORE + 2), page("3", "3", null));
        PageCursor cursor = new PageCursor(api, LIST, "rows", 2, 2, false);

        assertThat(rows(cursor)).hasSize(3);
        assertThat(cursor.oddity()).isEmpty();
    }

    @Test
    void hasNoNextPageAfterACallThatFailed() {
        PageCursor cursor = cursor(
                request -> {
                    throw new ApiRejectedException("403", request + " answered 403");
                },
                false);

        assertThatThrownBy(cursor::next).isInstanceOf(ApiRejectedException.class);
        assertThat(cursor.hasNext()).isFalse();
        assertThat(cursor.count()).isEmpty();
        assertThat(cursor.isShort()).isFalse();
    }

    @Test
    void namesOdditiesAsTheyAreLogged() {
        assertThat(Oddity.values())
                .extracting(Oddity::toString)
                .containsExactly("repeated-next-page", "repeated-page", "too-many-pages");
    }

    static List<String> rows(PageCursor cursor) {
        List<String> rows = new ArrayList<>();
        while (cursor.hasNext()) {
            cursor.next().rows().forEach(row -> rows.add(row.toString()));
        }
        return rows;
    }

    private static PageCursor cursor(Function<ApiRequest, JsonNode> api, boolean byCount) {
        return new PageCursor(api, LIST, "rows", 2, 100, byCount);
    }

    private static String page(String rows, String count, String next) {
        return "{'rows': [" + rows + "], 'count': " + count + ", 'next_page': "
                + (next == null ? "null" : "'" + next + "'") + "}";
    }
}
