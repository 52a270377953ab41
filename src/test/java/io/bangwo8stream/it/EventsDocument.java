package io.bangwo8stream.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code docs/events.md}. Its prose is written by hand; the text between {@code <!-- example: type key -->} and
 * {@code <!-- end -->} is generated from the event of that type and key in Kafka.
 */
final class EventsDocument {

    static final Path FILE = Path.of("docs", "events.md");
    static final Path GENERATED = Path.of("target", "events.md");

    private static final Pattern EXAMPLE =
            Pattern.compile("<!-- example: (\\S+) (\\S+) -->\n.*?<!-- end -->", Pattern.DOTALL);
    /** Stands for {@code ce_time}, the only header that differs from run to run. */
    private static final String TIME = "2025-03-04T02:21:40.512Z";

    private final String text;

    private EventsDocument(String text) {
        this.text = text;
    }

    static EventsDocument read() {
        try {
            return new EventsDocument(Files.readString(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " cannot be read", e);
        }
    }

    String text() {
        return text;
    }

    /** The event types of the examples. */
    List<String> types() {
        return EXAMPLE.matcher(text).results().map(example -> example.group(1)).toList();
    }

    /** Generates the document with these events as its examples, and also writes it to {@link #GENERATED}. */
    String with(List<Event> events) {
        String generated = EXAMPLE.matcher(text)
                .replaceAll(example ->
                        Matcher.quoteReplacement(example(example, find(events, example.group(1), example.group(2)))));
        try {
            Files.writeString(GENERATED, generated);
        } catch (IOException e) {
            throw new UncheckedIOException(GENERATED + " cannot be written", e);
        }
        return generated;
    }

    private static Event find(List<Event> events, String type, String key) {
        return events.stream()
                .filter(event -> type.equals(event.type()) && key.equals(event.key()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type + " with the key " + key + " was published"));
    }

    private static String example(MatchResult marker, Event event) {
        Map<String, String> headers = new TreeMap<>(event.headers());
        headers.put("ce_time", TIME);
        StringBuilder head = new StringBuilder(line("key", event.key()));
        headers.forEach((name, value) -> head.append(line(name, value)));
        String value = event.value().isMissingNode() ? "" : "```json\n" + ExampleJson.of(event.value()) + "\n```\n";
        return "<!-- example: " + marker.group(1) + " " + marker.group(2) + " -->\n```\n" + head + "```\n" + value
                + "<!-- end -->";
    }

    private static String line(String name, String value) {
        return "%-16s%s\n".formatted(name, value);
    }
}
