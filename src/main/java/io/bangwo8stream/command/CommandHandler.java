package io.bangwo8stream.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.change.RecordState;
import io.bangwo8stream.kafka.EventStream;
import io.bangwo8stream.kafka.WriteBatch;
import io.bangwo8stream.source.Source;
import java.util.Optional;

/** Carries out one kind of command, on the leader of a stream. */
interface CommandHandler {

    /** The word on the command line. */
    String name();

    /** Whether the command concerns all sources where it names none. */
    default boolean concernsAllSources() {
        return false;
    }

    /**
     * Adds what the command changes to the batch of its transaction; called again when the transaction failed.
     *
     * @return the answer, stored in the same transaction; one with a position to be called again for the rest
     */
    Answer next(Step step);

    /** Called after the transaction of an answer that has no position. */
    default void committed(Step step) {}

    /**
     * One transaction of a command.
     *
     * @param source of the command; empty for all sources of the stream
     * @param before the answer of the transaction before, if there was one
     */
    record Step(
            Command command, Optional<Source> source, EventStream stream, WriteBatch batch, Optional<JsonNode> before) {

        /** Where the transaction before has ended; empty at the beginning. */
        Optional<String> position() {
            return before.map(answer -> answer.path(Answer.POSITION).asText());
        }

        /** How many the transactions before have counted in a member of their answers. */
        long counted(String member) {
            return before.map(answer -> answer.path(member).asLong()).orElse(0L);
        }

        /** Whether the command concerns the record with this state: its source publishes it, or may do so. */
        boolean owns(RecordState state) {
            return source.isEmpty() || CommandHandler.owns(source.get(), state);
        }
    }

    /** Whether {@code source} publishes the record with this state, or may do so. */
    static boolean owns(Source source, RecordState state) {
        String owner = state.rows().owner();
        return owner.isEmpty() || owner.equals(source.name());
    }
}
