package io.bangwo8stream.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.api.ApiClient;
import io.bangwo8stream.api.ApiRejectedException;
import io.bangwo8stream.api.ApiRequest;
import io.bangwo8stream.api.ApiUnavailableException;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.config.TestSettings;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.record.RecordTyper;
import io.bangwo8stream.record.UnreadableJsonException;
import io.bangwo8stream.record.UntypableRecordException;
import io.bangwo8stream.scan.FetchedRecord;
import io.bangwo8stream.scan.TestSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JoinsTest {

    private static final String MESSAGE =
            "{'spokesman': 'Li', 'spokesman_identity': '1', 'msg': '%s', " + "'time': '2026-1-30 10:00:0%s'}";

    private final Queue<JsonNode> answers = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private final ApiClient api = new ApiClient() {
        @Override
        public JsonNode get(ApiRequest request) {
            asked.add(request.toString() + (request.lowPriority() ? " patiently" : ""));
            return answers.remove();
        }
    };
    private Joins joins = joins("bangwo8.per-page", "2");

    private Joins joins(String... keysAndValues) {
        Settings settings = TestSettings.of(keysAndValues);
        return new Joins(api, new RecordLists(api, settings), new RecordTyper(settings.zone()));
    }

    @Test
    void joinsAllPagesOfAChatInTheirOrder() {
        answer(chat("3", message("a", 1), message("b", 2)), chat("3", message("c", 3)));

        FetchedRecord record = chat(record("1"));

        assertThat(record.document().get("chatRecords"))
                .extracting(message -> message.get("msg").textValue())
                .containsExactly("a", "b", "c");
        assertThat(asked)
                .containsExactly(
                        "GET /remoterecord/chatrecords/7.json?page=1&per_page=2",
                        "GET /remoterecord/chatrecords/7.json?page=2&per_page=2");
    }

    @Test
    void asksWithLowPriorityForThePartsOfARecordThatIsBackfilled() {
        answer(chat("1", message("a", 1)));

        chat(TestSource.backfilled(TestSource.row(7, 5, "note").put("ChatRecord", 1)));

        assertThat(asked).containsExactly("GET /remoterecord/chatrecords/7.json?page=1&per_page=2 patiently");
    }

    @Test
    void asksForNoChatWhereThereIsNone() {
        assertThat(chat(record("0")).document().get("chatRecords")).isEmpty();
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "", "2"})
    void asksForTheChatUnlessThereIsSurelyNone(String flag) {
        answer("{'remote_chatrecords': [], 'count': 0}");

        assertThat(chat(record(flag)).document().get("chatRecords")).isEmpty();
        assertThat(asked).hasSize(1);
    }

    @Test
    void asksOnceMoreForAChatThatEndsBeforeItsCount() {
        answer(
                "{'remote_chatrecords': {'contents': [%s]}, 'count': 2, 'next_page': null}".formatted(message("a", 1)),
                "{'remote_chatrecords': {'contents': [%s, %s]}, 'count': 2, 'next_page': null}"
                        .formatted(message("a", 1), message("b", 2)));

        assertThat(chat(record("1")).document().get("chatRecords")).hasSize(2);
    }

    @Test
    void takesAChatForWholeThatIsShortOfItsCountTwice() {
        String text =
                "{'remote_chatrecords': {'contents': [%s]}, 'count': 2, 'next_page': null}".formatted(message("a", 1));
        answer(text, text, "{'remote_chatrecords': {'contents': []}, 'count': 2, 'next_page': null}");

        // The vendor lists text messages only, and may count the others with them.
        assertThat(chat(record("1")).document().get("chatRecords")).hasSize(1);
    }

    @Test
    void failsAChatWhosePagesRepeatBeforeAllIsListed() {
        String same = chat("4", message("a", 1), message("b", 2));
        answer(same, same, same, same);

        assertThatThrownBy(() -> chat(record("1")))
                .isInstanceOf(ApiUnavailableException.class)
                .hasMessage("GET /remoterecord/chatrecords/7.json ended with repeated-page after 2 rows of 4");
    }

    @Test
    void failsAChatThatGoesOnWithoutEnd() {
        joins = joins("bangwo8.per-page", "2", "bangwo8.max-pages", "2");
        String[] pages = {chat("9", message("a", 1), message("b", 2)), chat("9", message("c", 3), message("d", 4))};
        answer(pages);
        answer(pages);

        assertThatThrownBy(() -> chat(record("1")))
                .isInstanceOf(ApiUnavailableException.class)
                .hasMessageContaining("too-many-pages after 4 rows of 9");
    }

    @Test
    void failsAChatWhoseMessageIsNoObject() {
        answer("{'remote_chatrecords': {'contents': ['hello']}, 'count': 1}");

        assertThatThrownBy(() -> chat(record("1"))).isInstanceOf(UntypableRecordException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {'status': '120001', 'message': 'none'}                        | no_template
            {'status': 120002, 'message': 'not yet'}                       | not_filled
            {'status': '200', 'message': 'Successful', 'data': {'serviceSummary': {'ticketTemplateName': 'T'}}} | filled
            """)
    void joinsTheSummaryWhicheverAnswerItIs(String answer, String status) {
        answer(answer);
        FetchedRecord record = record("0");

        joins.serviceSummary(record, 3);

        assertThat(record.document().at("/serviceSummary/status").textValue()).isEqualTo(status);
        assertThat(asked).containsExactly("GET /servicesummary/7.json?servicesummary_type=3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'status': '200', 'data': {'serviceSummary': 'none'}}",
                "{'data': {}}",
                "{'status': '200', 'data': 'busy'}",
                "{'status': '200', 'data': [{'serviceSummary': {}}]}"
            })
    void refusesASummaryThatSaysNeither(String answer) {
        answer(answer);
        FetchedRecord record = record("0");

        assertThatThrownBy(() -> joins.serviceSummary(record, 3))
                .isInstanceOf(ApiRejectedException.class)
                .hasMessageContaining("GET /servicesummary/7.json")
                .hasMessageContaining("neither a summary nor");
    }

    private FetchedRecord chat(FetchedRecord record) {
        joins.chatRecords(record, "/remoterecord/chatrecords/{id}.json", "remote_chatrecords.contents", "ChatRecord");
        return record;
    }

    private static FetchedRecord record(String chatRecord) {
        return TestSource.listed(TestSource.row(7, 5, "note").put("ChatRecord", chatRecord));
    }

    private static String chat(String count, String... messages) {
        return "{'remote_chatrecords': {'csId': '7', 'contents': [%s]}, 'count': '%s'}"
                .formatted(String.join(",", messages), count);
    }

    private static String message(String text, int second) {
        return MESSAGE.formatted(text, second);
    }

    private void answer(String... json) {
        for (String text : json) {
            try {
                answers.add(LenientJson.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
            } catch (UnreadableJsonException wrongTest) {
                throw new AssertionError(text, wrongTest);
            }
        }
    }
}
