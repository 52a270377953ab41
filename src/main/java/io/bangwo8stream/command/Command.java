package io.bangwo8stream.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.record.LenientJson;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A command to the running product, as {@code bangwo8.commands} holds it.
 *
 * @param id     identifies it: a command is carried out once, however often it is read
 * @param name   the word of the command line
 * @param source name of a source; without one, the command concerns all
 * @param from   the first day of creation that it concerns
 * @param to     the last day
 * @param ids    ids of the records that it concerns
 * @param all    whether it concerns every record
 * @param at     when it was sent
 */
record Command(
        String id,
        String name,
        Optional<String> source,
        Optional<LocalDate> from,
        Optional<LocalDate> to,
        List<String> ids,
        boolean all,
        Instant at) {

    /** Part of a key in Kafka. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    Command {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("id must have 1 to 64 letters, digits, dots, hyphens or underscores");
        }
        if (name.isEmpty()) {
            throw new IllegalArgumentException("command is missing");
        }
        if (from.isPresent() && to.isPresent() && from.get().isAfter(to.get())) {
            throw new IllegalArgumentException("from, " + from.get() + ", is after to, " + to.get());
        }
    }

    /**
     * Reads the value of a record of the topic.
     *
     * @throws IllegalArgumentException naming the member that is wrong
     */
    static Command read(JsonNode json) {
        List<String> ids = new ArrayList<>();
        json.path("ids").forEach(id -> ids.add(id.asText()));
        return new Command(
                json.path("id").asText(""),
                json.path("command").asText(""),
                text(json, "source"),
                time(json, "from", LocalDate::parse),
                time(json, "to", LocalDate::parse),
                List.copyOf(ids),
                json.path("all").asBoolean(),
                time(json, "at", Instant::parse).orElseThrow(() -> new IllegalArgumentException("at is missing")));
    }

    private static <T> Optional<T> time(JsonNode json, String member, Function<String, T> parser) {
        try {
            return text(json, member).map(parser);
        } catch (DateTimeException wrong) {
            throw new IllegalArgumentException(member + " is no valid day or time", wrong);
        }
    }

    private static Optional<String> text(JsonNode json, String member) {
        return Optional.of(json.path(member).asText("")).filter(text -> !text.isEmpty());
    }

    /** The value of its record. */
    ObjectNode toJson() {
        ObjectNode json = head();
        from.ifPresent(day -> json.put("from", day.toString()));
        to.ifPresent(day -> json.put("to", day.toString()));
        if (!ids.isEmpty()) {
            ids.forEach(json.withArray("ids")::add);
        }
        if (all) {
            json.put("all", true);
        }
        return json;
    }

    /** What each answer to it repeats. */
    ObjectNode head() {
        ObjectNode json = LenientJson.object().put("id", id).put("command", name);
        source.ifPresent(of -> json.put("source", of));
        return json.put("at", StatusWriter.text(at));
    }
}
