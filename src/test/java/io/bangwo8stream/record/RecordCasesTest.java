package io.bangwo8stream.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests the vendor's behaviour by cases: {@code row.json} contains what the API sends, {@code expected.json} the
 * expected event value. The directory above a case has the name of the field table.
 */
class RecordCasesTest {
    private static final Path CASES = Path.of("src/test/resources/cases/record");
    private static final RecordTyper TYPER = new RecordTyper(ZoneId.of("Asia/Shanghai"));

    static Stream<String> cases() throws IOException {
        try (Stream<Path> paths = Files.walk(CASES)) {
            return paths
                    .filter(path -> path.endsWith("row.json"))
                    .map(path -> CASES.relativize(path.getParent()).toString())
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void convertsTheRowToTheEventThatTheCaseExpects(String name) throws IOException {
        JsonNode row = json(name, "row.json");
        String table = name.substring(0, name.indexOf('/'));

        JsonNode event = switch (table) {
            case "remote-record" ->
                EventValueFactory.remoteRecord(typed(row, table), TypedMessages.empty(), notFilled());
            case "ticket" -> EventValueFactory.ticket(typed(row, table), new TreeSet<>());
            case "ticket-view" -> EventValueFactory.ticketView(typed(row, table));
            case "chat-message" -> withChat(row);
            case "service-summary" -> withSummary(row);
            default -> throw new IllegalArgumentException("No field table for the case " + name);
        };

        assertThat(text(event)).isEqualTo(text(json(name, "expected.json")));
        if (!event.isNull()) {
            assertThat(SchemaValidator.errors(table.startsWith("ticket") ? table : "remote-record", event))
                    .isEmpty();
        }
    }

    private static JsonNode withChat(JsonNode messages) {
        ChatMessageTyper chat = new ChatMessageTyper(TYPER, FieldTable.bundled("chat-message"));
        return EventValueFactory.remoteRecord(anyRecord(), chat.type((ArrayNode) messages), notFilled());
    }

    private static JsonNode withSummary(JsonNode response) {
        return new ServiceSummaryParser(TYPER, FieldTable.bundled("service-summary"))
                .parse(response)
                .<JsonNode>map(summary -> EventValueFactory.remoteRecord(anyRecord(), TypedMessages.empty(), summary))
                .orElse(TypingResult.EMPTY);
    }

    private static TypedRecord typed(JsonNode row, String table) {
        return TYPER.type((ObjectNode) row, FieldTable.bundled(table));
    }

    private static TypedRecord anyRecord() {
        return typed(LenientJson.object().put("csId", 1), "remote-record");
    }

    private static TypedRecord notFilled() {
        return new TypedRecord(
                LenientJson.object().put("status", "not_filled"), LenientJson.object(), LenientJson.object());
    }

    /** Returns the text to compare, because 234.0 and 234.00, and a different order of members, must not be equal. */
    private static String text(JsonNode node) {
        return new String(LenientJson.write(node), StandardCharsets.UTF_8).replace(",\"", ",\n\"");
    }

    private static JsonNode json(String name, String file) throws IOException {
        return LenientJson.read(Files.readAllBytes(CASES.resolve(name).resolve(file)));
    }
}
