package io.bangwo8stream.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.fuzz.FuzzTime;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.TreeSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Tests properties of typing with arbitrary JSON in any field; ArbitraryJson contains the relevant edge cases. */
@AddLifecycleHook(FuzzTime.class)
@PropertyDefaults(tries = FuzzTime.UNLIMITED, generation = GenerationMode.RANDOMIZED, edgeCases = EdgeCasesMode.NONE)
class TypingPropertiesTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final RecordTyper TYPER = new RecordTyper(SHANGHAI);
    private static final FieldTable RECORD = FieldTable.bundled("remote-record");
    private static final FieldTable TICKET = FieldTable.bundled("ticket");
    private static final FieldTable MESSAGE = FieldTable.bundled("chat-message");
    private static final FieldTable SUMMARY = FieldTable.bundled("service-summary");

    @Provide
    Arbitrary<ObjectNode> records() {
        return ArbitraryJson.row(RECORD, "csId");
    }

    @Provide
    Arbitrary<ObjectNode> tickets() {
        return ArbitraryJson.row(TICKET, "ticketId");
    }

    @Provide
    Arbitrary<List<ObjectNode>> chats() {
        return ArbitraryJson.row(MESSAGE, "msg").list().ofMaxSize(3);
    }

    @Provide
    Arbitrary<JsonNode> responses() {
        return ArbitraryJson.row(SUMMARY, "servicer")
                .map(summary -> LenientJson.object()
                        .put("status", "200")
                        .set("data", LenientJson.object().set("serviceSummary", summary)));
    }

    @Provide
    Arbitrary<JsonNode> values() {
        return ArbitraryJson.value();
    }

    @Property
    void everyRecordBecomesAnEventThatMatchesTheSchema(
            @ForAll("records") ObjectNode row,
            @ForAll("chats") List<ObjectNode> chat,
            @ForAll("responses") JsonNode response)
            throws Exception {
        ObjectNode event = EventValueFactory.remoteRecord(
                TYPER.type(row, RECORD),
                new ChatMessageTyper(TYPER, MESSAGE).type(chat),
                new ServiceSummaryParser(TYPER, SUMMARY).parse(response).orElseThrow());

        assertThat(SchemaValidator.errors("remote-record", event)).isEmpty();
        assertThat(LenientJson.read(LenientJson.write(event))).hasToString(event.toString());
    }

    @Property
    void everyTicketBecomesAnEventThatMatchesTheSchema(@ForAll("tickets") ObjectNode row) {
        ObjectNode event = EventValueFactory.ticket(TYPER.type(row, TICKET), new TreeSet<>(List.of(2L, 15L)));

        assertThat(SchemaValidator.errors("ticket", event)).isEmpty();
    }

    @Property
    void summaryParserNeverThrowsAnException(@ForAll("values") JsonNode status, @ForAll("values") JsonNode data) {
        ObjectNode response = LenientJson.object();
        response.set("status", status);
        response.set("data", data);

        new ServiceSummaryParser(TYPER, SUMMARY)
                .parse(response)
                .ifPresent(summary -> assertThat(summary.record().get("status").textValue())
                        .isIn("filled", "not_filled", "no_template"));
    }

    @Property
    void everyValueOfARecordIsKept(@ForAll("records") ObjectNode row) {
        String before = row.toString();

        TypedRecord typed = TYPER.type(row, RECORD);

        assertThat(row).hasToString(before);
        assertThat(typed.record().properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyElementsOf(
                        row.properties().stream().map(Map.Entry::getKey).toList());
        row.properties()
                .forEach(sent -> assertThat(isKept(sent.getKey(), sent.getValue(), typed))
                        .as("%s of %s in %s", sent.getKey(), row, typed)
                        .isTrue());
    }

    @Property
    void theFormOfANumberDoesNotChangeItsTypedValue(@ForAll int number, @ForAll @IntRange(max = 9) int code) {
        assertThat(typed("\"%d\"", "\" %d \"", number, code)).isEqualTo(typed("%d", "%d.0", number, code));
        assertThat(typed("%d.000", "\"0%d\"", number, code)).isEqualTo(typed("%d", "%d", number, code));
    }

    @Property
    void thePaddingOfATimeDoesNotChangeItsTypedValue(
            @ForAll @IntRange(min = 1992, max = 2037) int year,
            @ForAll @IntRange(min = 1, max = 12) int month,
            @ForAll @IntRange(min = 1, max = 28) int day,
            @ForAll @IntRange(max = 23) int hour,
            @ForAll @IntRange(max = 59) int second) {
        String padded = "%04d-%02d-%02d %02d:00:%02d".formatted(year, month, day, hour, second);
        String unpadded = "%d-%d-%d %d:0:%d".formatted(year, month, day, hour, second);

        assertThat(time(unpadded)).isEqualTo(time(padded)).isEqualTo(padded.replace(' ', 'T') + "+08:00");
    }

    private static boolean isKept(String name, JsonNode sent, TypedRecord typed) {
        JsonNode value = typed.record().get(name);
        if (typed.unparsed().has(name)) {
            return value.isNull() && typed.unparsed().get(name).toString().equals(sent.toString());
        }
        Field field = RECORD.find(name);
        if (field == null) {
            return value.toString().equals(sent.toString());
        }
        String text = sent.asText().strip();
        if (typed.labels().path(name).asText().equals(text) && !text.isEmpty()) {
            return true;
        }
        if (value.isNull()) {
            return sent.isNull() || text.isEmpty() || field.type() == FieldType.DATETIME && text.matches("[0 :-]+");
        }
        return switch (field.type()) {
            case INT, TINYINT, DECIMAL -> value.decimalValue().compareTo(new BigDecimal(text)) == 0;
            case DATETIME ->
                numbers(text)
                        .equals(numbers(OffsetDateTime.parse(value.textValue())
                                .toLocalDateTime()
                                .format(DateTimeFormatter.ISO_LOCAL_DATE_TIME)));
            case CHAR, VARCHAR, TEXT ->
                sent.isTextual()
                        ? value.equals(sent)
                        : new BigDecimal(value.textValue()).compareTo(sent.decimalValue()) == 0;
            case ARRAY -> value.size() == sent.size();
        };
    }

    private static List<Integer> numbers(String time) {
        try (Scanner scanner = new Scanner(time).useDelimiter("[^0-9]+")) {
            return scanner.tokens().map(Integer::valueOf).toList();
        }
    }

    private static String typed(String number, String code, int numberSent, int codeSent) {
        return typed(("{\"csId\": 1, \"csSId\": " + number + ", \"csStat\": " + code + "}")
                        .formatted(numberSent, codeSent))
                .toString();
    }

    private static String time(String sent) {
        return typed("{\"csBTime\": \"" + sent + "\"}").record().get("csBTime").textValue();
    }

    private static TypedRecord typed(String row) {
        try {
            return TYPER.type((ObjectNode) LenientJson.read(row.getBytes(StandardCharsets.UTF_8)), RECORD);
        } catch (UnreadableJsonException e) {
            throw new AssertionError(e);
        }
    }
}
