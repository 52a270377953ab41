package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.demo.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The vendor's behaviour as cases: the row in {@code list.json}, the messages in {@code chat.json} and the answer in
 * {@code summary.json}, both as far as there are any, and the event's value in {@code expected.json}.
 */
class EventCasesIT {

    private static final Path CASES = Path.of("src/test/resources/cases/e2e");
    private static final Path NONE = Path.of("none");

    private static Trial trial;
    private static Product product;
    private static Map<String, Event> events;

    @BeforeAll
    static void walkOnce() {
        // The cases have dates of their own, from the vendor's page.
        trial = Trial.of(EventCasesIT.class).with("bangwo8.look-back", "6000d").with("bangwo8.max-look-back", "6000d")
                .with("bangwo8.per-page", "4");
        // Answers hold comments, trailing commas, and counts as texts.
        trial.desk().awkward(true);
        cases().forEach(EventCasesIT::put);
        product = trial.once();
        events = trial.events().stream().collect(Collectors.toMap(Event::key, Function.identity()));
    }

    @AfterAll
    static void stop() {
        trial.close();
    }

    static Stream<String> cases() {
        try (Stream<Path> directories = Files.list(CASES)) {
            return directories.map(path -> path.getFileName().toString()).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void put(String name) {
        String id = trial.desk().add((ObjectNode) json(name, "list.json"));
        if (file(name, "chat.json") != NONE) {
            json(name, "chat.json").forEach(message -> trial.desk().addChat(id, (ObjectNode) message));
        }
        if (file(name, "summary.json") != NONE) {
            trial.desk().setSummary(id, (ObjectNode) json(name, "summary.json"));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void publishesTheEventThatTheCaseExpects(String name) {
        Event event = events.get(json(name, "list.json").path("csId").asText());
        assertThat(event).isNotNull();
        assertThat(Event.pretty(event.value())).isEqualTo(Event.pretty(json(name, "expected.json")));
    }

    @Test
    void leavesNothingUnpublished() {
        assertThat(trial.deadLetters()).isEmpty();
        assertThat(events).hasSize((int) cases().count());
        assertThat(product.awaitExit()).isZero();
    }

    private static Path file(String name, String file) {
        Path path = CASES.resolve(name).resolve(file);
        return Files.exists(path) ? path : NONE;
    }

    private static JsonNode json(String name, String file) {
        try {
            return Json.read(Files.readString(CASES.resolve(name).resolve(file)));
        } catch (IOException e) {
            throw new UncheckedIOException("the case " + name + " cannot be read", e);
        }
    }
}
