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
 * {@code docs/events.md}: written by hand, but for what stands between {@code <!-- example: type key -->} and
 * {@code <!-- end -->}, which is the event of that type and key as it stood in Kafka.
 */
final class EventsDocument {

    static final Path FILE = Path.of("docs", "events.md");
    static final Path FRESH = Path.of("target", "events.md");

    private static final Pattern EXAMPLE =
            Pattern.compile("<!-- example: (\\S+) (\\S+) -->\n.*?<!-- end -->", Pattern.DOTALL);
    /** The one thing that differs from run to run. */
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

    /** The types of which it shows an event. */
    List<String> types() {
        return EXAMPLE.matcher(text).results().map(example -> example.group(1)).toList();
    }

    /** The document with these events in its examples, also written to {@link #FRESH}. */
    String with(List<Event> events) {
        String fresh = EXAMPLE.matcher(text)
                .replaceAll(example ->
                        Matcher.quoteReplacement(example(example, shown(events, example.group(1), example.group(2)))));
        try {
            Files.writeString(FRESH, fresh);
        } catch (IOException e) {
            throw new UncheckedIOException(FRESH + " cannot be written", e);
        }
        return fresh;
    }

    private static Event shown(List<Event> events, String type, String key) {
        return events.stream()
                .filter(event -> type.equals(event.type()) && key.equals(event.key()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type + " of " + key + " was published"));
    }

    private static String example(MatchResult marker, Event event) {
        Map<String, String> headers = new TreeMap<>(event.headers());
        headers.put("ce_time", TIME);
        StringBuilder head = new StringBuilder(line("key", event.key()));
        headers.forEach((name, value) -> head.append(line(name, value)));
        return "<!-- example: " + marker.group(1) + " " + marker.group(2) + " -->\n```\n" + head + "```\n```json\n"
                + ExampleJson.of(event.value()) + "\n```\n<!-- end -->";
    }

    private static String line(String name, String value) {
        return "%-16s%s\n".formatted(name, value);
    }
}
