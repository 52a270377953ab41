package io.bangwo8stream.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JoinRoutesTest {

    private static final int LARGEST_EVENT = 100_000;

    private static final String MESSAGE =
            "{'spokesman': 'Li', 'spokesman_identity': '1', 'msg': '%s', " + "'time': '2026-1-30 10:00:0%s'}";

    private final Queue<JsonNode> chats = new ArrayDeque<>();
    private String summary = "{'status': '120001', 'message': 'none'}";
    private final List<String> chatRequests = new ArrayList<>();
    private final List<String> summaryRequests = new ArrayList<>();
    private CamelContext context;

    @BeforeEach
    void startRoutes() throws Exception {
        startRoutes("bangwo8.per-page", "2");
    }

    @AfterEach
    void stopRoutes() {
        context.stop();
    }

    /** The product's routes that join a remote-assistance record; the API gateway route alone is replaced. */
    private void startRoutes(String... keysAndValues) throws Exception {
        Settings settings = TestSettings.of(keysAndValues);
        context = new DefaultCamelContext();
        context.getRegistry().bind("joinPartSteps", new JoinPartSteps(new RecordTyper(settings.zone())));
        context.getRegistry().bind("partListSteps", new PartListSteps(settings, LARGEST_EVENT));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:bangwo8-api").process(JoinRoutesTest.this::respond);
            }
        });
        for (String file : List.of("bangwo8-list", "sources/remote-records")) {
            String yaml = Files.readString(Path.of("routes", file + ".camel.yaml"));
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(ResourceHelper.fromString(
                            file.replace('/', '-') + ".yaml", yaml.substring(yaml.indexOf("- route:"))));
        }
        context.start();
    }

    private void respond(Exchange exchange) {
        ApiRequest request = exchange.getMessage().getBody(ApiRequest.class);
        assertThat(request.stream()).as("on whose behalf").isEqualTo("remote-records");
        if (request.path().startsWith("/servicesummary/")) {
            summaryRequests.add(request.toString());
            exchange.getMessage().setBody(json(summary));
        } else {
            chatRequests.add(request + (request.lowPriority() ? " with low priority" : ""));
            exchange.getMessage().setBody(chats.remove());
        }
    }

    @Test
    void joinsAllPagesOfAChatInOrder() {
        queueChats(chat("3", message("a", 1), message("b", 2)), chat("3", message("c", 3)));

        FetchedRecord record = join(record("1"));

        assertThat(record.document().get("chatRecords"))
                .extracting(message -> message.get("msg").textValue())
                .containsExactly("a", "b", "c");
        assertThat(chatRequests)
                .containsExactly(
                        "GET /remoterecord/chatrecords/7.json?page=1&per_page=2",
                        "GET /remoterecord/chatrecords/7.json?page=2&per_page=2");
    }

    @Test
    void requestsThePartsOfABackfilledRecordWithLowPriority() {
        queueChats(chat("1", message("a", 1)));

        join(TestSource.fetchedByBackfill(TestSource.row(7, 5, "note").put("ChatRecord", 1)));

        assertThat(chatRequests)
                .containsExactly("GET /remoterecord/chatrecords/7.json?page=1&per_page=2 with low priority");
    }

    @Test
    void requestsNoChatOfARecordWithoutOne() {
        assertThat(join(record("0")).document().get("chatRecords")).isEmpty();
        assertThat(chatRequests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "", "2"})
    void requestsTheChatUnlessTheRecordExcludesOne(String flag) {
        queueChats("{'remote_chatrecords': [], 'count': 0}");

        assertThat(join(record(flag)).document().get("chatRecords")).isEmpty();
        assertThat(chatRequests).hasSize(1);
    }

    @Test
    void requestsAChatThatEndsBeforeItsCountOnceMore() {
        queueChats(
                "{'remote_chatrecords': {'contents': [%s]}, 'count': 2, 'next_page': null}".formatted(message("a", 1)),
                "{'remote_chatrecords': {'contents': [%s, %s]}, 'count': 2, 'next_page': null}"
                        .formatted(message("a", 1), message("b", 2)));

        assertThat(join(record("1")).document().get("chatRecords")).hasSize(2);
    }

    @Test
    void acceptsAChatThatIsShortOfItsCountTwice() {
        String text =
                "{'remote_chatrecords': {'contents': [%s]}, 'count': 2, 'next_page': null}".formatted(message("a", 1));
        queueChats(text, text, "{'remote_chatrecords': {'contents': []}, 'count': 2, 'next_page': null}");

        // The vendor lists text messages only, and may count the others with them.
        assertThat(join(record("1")).document().get("chatRecords")).hasSize(1);
    }

    @Test
    void readsAChatAgainWhoseMessageWasWithdrawnWhileItsPagesWereRead() {
        queueChats(chat("4", message("a", 1), message("b", 2)), chat("3", message("d", 4)));
        queueChats(chat("3", message("b", 2), message("c", 3)), chat("3", message("d", 4)));

        assertThat(texts(join(record("1")))).containsExactly("b", "c", "d");
    }

    @Test
    void readsAChatAgainWhoseMessageWasInsertedWhileItsPagesWereRead() {
        queueChats(chat("3", message("a", 1), message("b", 2)), chat("4", message("b", 2), message("c", 3)));
        queueChats(chat("4", message("x", 0), message("a", 1)), chat("4", message("b", 2), message("c", 3)));

        assertThat(texts(join(record("1")))).containsExactly("x", "a", "b", "c");
    }

    @Test
    void acceptsAChatThatGrowsAtItsEndDuringEveryReading() {
        queueChats(chat("3", message("a", 1), message("b", 2)), chat("4", message("c", 3), message("d", 4)));
        queueChats(chat("4", message("a", 1), message("b", 2)), chat("5", message("c", 3), message("d", 4)));
        queueChats(chat("5", message("e", 5)));

        assertThat(texts(join(record("1")))).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void confirmsAChatOfSeveralPagesThatStatesNoCount() {
        String[] withdrawn = {
            chat("", message("a", 1), message("b", 2)), chat("", message("d", 4)),
        };
        String[] now = {chat("", message("b", 2), message("c", 3)), chat("", message("d", 4))};
        queueChats(withdrawn);
        queueChats(now);
        queueChats(now);

        assertThat(texts(join(record("1")))).containsExactly("b", "c", "d");
    }

    @Test
    void failsARecordWhoseChatChangesDuringEachOfThreeReadings() {
        for (int reading = 1; reading <= 3; reading++) {
            queueChats(chat("4", message("a" + reading, 1), message("b", 2)), chat("3", message("d", 4)));
        }

        assertThatThrownBy(() -> join(record("1")))
                .isInstanceOf(ApiUnavailableException.class)
                .hasMessage("GET /remoterecord/chatrecords/7.json changed during each of 3 readings of its pages");
        assertThat(chatRequests).hasSize(6);
    }

    @Test
    void failsARecordWhoseChatPagesRepeatBeforeAllMessagesAreListed() {
        String same = chat("4", message("a", 1), message("b", 2));
        queueChats(same, same, same, same);

        assertThatThrownBy(() -> join(record("1")))
                .isInstanceOf(ApiUnavailableException.class)
                .hasMessage("GET /remoterecord/chatrecords/7.json ended with repeated-page after 2 rows of 4");
    }

    @Test
    void failsARecordWhoseChatHasMorePagesThanAllowed() throws Exception {
        stopRoutes();
        startRoutes("bangwo8.per-page", "2", "bangwo8.max-pages", "2");
        String[] pages = {chat("9", message("a", 1), message("b", 2)), chat("9", message("c", 3), message("d", 4))};
        queueChats(pages);
        queueChats(pages);

        assertThatThrownBy(() -> join(record("1")))
                .isInstanceOf(ApiUnavailableException.class)
                .hasMessageContaining("too-many-pages after 4 rows of 9");
    }

    @Test
    void collectsNoMoreOfAChatThanAnEventCanHold() {
        String half = "x".repeat(LARGEST_EVENT / 2);
        queueChats(chat("9", message(half, 1)), chat("9", message(half, 2)), chat("9", message("never requested", 3)));

        assertThatThrownBy(() -> join(record("1")))
                .isInstanceOf(ApiRejectedException.class)
                .hasMessageContaining("answered more than 100000 characters")
                .extracting(failure -> ((ApiRejectedException) failure).outcome())
                .isEqualTo("too-large");
        assertThat(chatRequests).hasSize(2);
    }

    @Test
    void failsARecordWithAChatMessageThatIsNoObject() {
        queueChats("{'remote_chatrecords': {'contents': ['hello']}, 'count': 1}");

        assertThatThrownBy(() -> join(record("1"))).isInstanceOf(UntypableRecordException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {'status': '120001', 'message': 'none'}                        | no_template
            {'status': 120002, 'message': 'not yet'}                       | not_filled
            {'status': '200', 'message': 'Successful', 'data': {'serviceSummary': {'ticketTemplateName': 'T'}}} | filled
            """)
    void joinsEveryKindOfServiceSummary(String response, String status) {
        summary = response;

        assertThat(join(record("0")).document().at("/serviceSummary/status").textValue())
                .isEqualTo(status);
        assertThat(summaryRequests).containsExactly("GET /servicesummary/7.json?servicesummary_type=3");
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
    void failsARecordWhoseSummaryResponseHoldsNeitherASummaryNorItsAbsence(String response) {
        summary = response;

        assertThatThrownBy(() -> join(record("0")))
                .isInstanceOf(ApiRejectedException.class)
                .hasMessageContaining("GET /servicesummary/7.json")
                .hasMessageContaining("neither a summary nor");
    }

    private static List<String> texts(FetchedRecord record) {
        List<String> texts = new ArrayList<>();
        record.document()
                .get("chatRecords")
                .forEach(message -> texts.add(message.get("msg").textValue()));
        return texts;
    }

    private FetchedRecord join(FetchedRecord record) {
        Exchange joined = context.createFluentProducerTemplate()
                .to("direct:join-remote-record")
                .withProcessor(exchange -> {
                    exchange.setVariable("record", record);
                    exchange.getMessage().setBody(record);
                })
                .send();
        if (joined.getException() instanceof RuntimeException failure) {
            throw failure;
        }
        return record;
    }

    private static FetchedRecord record(String chatRecord) {
        return TestSource.fetched(TestSource.row(7, 5, "note").put("ChatRecord", chatRecord));
    }

    private static String chat(String count, String... messages) {
        return "{'remote_chatrecords': {'csId': '7', 'contents': [%s]}, 'count': '%s'}"
                .formatted(String.join(",", messages), count);
    }

    private static String message(String text, int second) {
        return MESSAGE.formatted(text, second);
    }

    private void queueChats(String... json) {
        for (String text : json) {
            chats.add(json(text));
        }
    }

    private static JsonNode json(String text) {
        try {
            return LenientJson.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        } catch (UnreadableJsonException invalidTestData) {
            throw new AssertionError(text, invalidTestData);
        }
    }
}
