package io.bangwo8stream.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * The answer to a command: the value under {@code {tenant}/commands/{id}} in {@code bangwo8.status}, and, with the
 * members that only the product needs, a note of the stream.
 */
record Answer(ObjectNode json) {

    /** The member with the place up to which a command is carried out that takes several transactions. */
    static final String POSITION = "position";

    /** How far a command is. */
    enum State {
        /** A leader has read it. */
        ACCEPTED,
        RUNNING,
        DONE,
        REFUSED,
        FAILED,
        EXPIRED
    }

    /** @param message what has been done, or what is wrong and what to do */
    static Answer of(Command command, State state, String message) {
        return new Answer(command.head()
                .put("state", state.name().toLowerCase(Locale.ROOT))
                .put("message", message));
    }

    static Answer done(Command command, String message) {
        return of(command, State.DONE, message);
    }

    static Answer refused(Command command, String message) {
        return of(command, State.REFUSED, message);
    }

    /** The same with a number, such as that of the records. */
    Answer with(String member, long number) {
        json.put(member, number);
        return this;
    }

    /** The same of a command of which the rest follows in another transaction. */
    Answer at(String position) {
        json.put(POSITION, position);
        return this;
    }

    /** The answer for several streams: the numbers are added; what has not succeeded counts. */
    Answer and(Answer other) {
        Answer worse = state() == State.DONE ? other : this;
        ObjectNode sum = worse.json.deepCopy();
        json.properties().forEach(member -> {
            if (member.getValue().isNumber() && other.json.path(member.getKey()).isNumber()) {
                sum.put(
                        member.getKey(),
                        member.getValue().asLong()
                                + other.json.path(member.getKey()).asLong());
            }
        });
        return new Answer(sum);
    }

    State state() {
        return state(json);
    }

    /** The state that an answer in the topic has; running for one that this version does not know. */
    static State state(JsonNode answer) {
        try {
            return State.valueOf(answer.path("state").asText().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            return State.RUNNING;
        }
    }

    /** Whether the command is, or was, carried out. */
    boolean isTaken() {
        return state() == State.DONE || state() == State.RUNNING;
    }

    /** Whether nothing follows. */
    boolean isFinal() {
        return isFinal(state());
    }

    static boolean isFinal(State state) {
        return state != State.ACCEPTED && state != State.RUNNING;
    }

    /** Whether the rest follows in another transaction. */
    boolean hasPosition() {
        return json.has(POSITION);
    }

    /** The name of the status, and of the note. */
    static String name(String id) {
        return "commands/" + id;
    }
}
