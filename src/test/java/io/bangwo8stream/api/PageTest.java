package io.bangwo8stream.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {

    private static final ApiRequest LIST = new ApiRequest("/list.json", "/list.json", Map.of());

    @Test
    void keepsRowsOfAnyTypeInTheOrderOfTheResponse() {
        assertThat(read("{'rows': [{'id': 2}, 'odd', {'id': 1}, null]}").rows())
                .extracting(Object::toString)
                .containsExactly("{\"id\":2}", "\"odd\"", "{\"id\":1}", "null");
    }

    @Test
    void findsRowsInANestedMember() {
        assertThat(Page.read(
                                LIST,
                                1,
                                QueuedResponses.json("{'chat': {'csId': '221', 'contents': [1, 2]}}"),
                                "chat.contents")
                        .rows())
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", "''", "' '", "null", "false"})
    void treatsEachPhpFormOfAnEmptyListAsNoRows(String emptyList) {
        assertThat(read("{'rows': " + emptyList + ", 'count': 42}").rows()).isEmpty();
        assertThat(Page.read(LIST, 1, QueuedResponses.json("{'chat': " + emptyList + "}"), "chat.contents")
                        .rows())
                .isEmpty();
        assertThat(Page.read(
                                LIST,
                                1,
                                QueuedResponses.json("{'chat': {'contents': " + emptyList + "}}"),
                                "chat.contents")
                        .rows())
                .isEmpty();
    }

    @Test
    void treatsAMissingListAsEmptyWhenTheCountIsZero() {
        assertThat(read("{'count': '0'}").rows()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'count': 3}",
                "{'other': []}",
                "{'rows': {'0': {'id': 1}}}",
                "{'rows': 'try later'}",
                "{'rows': 7}",
                "{'rows': true}"
            })
    void rejectsAResponseWithoutTheList(String response) {
        assertThatExceptionOfType(ApiUnavailableException.class)
                .isThrownBy(() -> read(response))
                .withMessage("GET /list.json answered without a list in rows")
                .extracting(ApiException::outcome)
                .isEqualTo("unreadable");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            42     | 42
            '42'   | 42
            ' 42 ' | 42
            0      | 0
            """, quoteCharacter = '~')
    void readsACountThatIsANumberOrAText(String sent, long count) {
        assertThat(read("{'rows': [], 'count': " + sent + "}").count()).hasValue(count);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "''", "-1", "'many'", "[]", "4.5", "1e99", "99999999999999999999"})
    void hasNoCountWhenTheResponseContainsNoValidCount(String sent) {
        assertThat(read("{'rows': [], 'count': " + sent + "}").count()).isEqualTo(OptionalLong.empty());
        assertThat(read("{'rows': []}").count()).isEqualTo(OptionalLong.empty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'https://www.bangwo8.com/api/v1/list.json?per_page=40&page=2' | NAMED | 2
            'https://www.bangwo8.com/api/v1/list.json?page=17&per_page=4' | NAMED | 17
            '/list.json?page=3'                                           | NAMED | 3
            'https://elsewhere.example/?per_page=9'                       | NAMED | 0
            'https://elsewhere.example/?page=99999999999'                 | NAMED | 0
            7                                                             | NAMED | 0
            null                                                          | NONE  | 0
            ''                                                            | NONE  | 0
            ' '                                                           | NONE  | 0
            'null'                                                        | NONE  | 0
            """)
    void readsOnlyTheNumberFromTheNextPage(String sent, Page.Next next, int number) {
        Page page = read("{'rows': [1], 'next_page': " + sent + "}");

        assertThat(page.next()).isEqualTo(next);
        assertThat(page.nextNumber()).isEqualTo(number);
    }

    @Test
    void distinguishesAMissingNextPageFromAnEmptyNextPage() {
        assertThat(read("{'rows': [1]}").next()).isEqualTo(Page.Next.UNSTATED);
    }

    private static Page read(String response) {
        return Page.read(LIST, 1, QueuedResponses.json(response), "rows");
    }
}
