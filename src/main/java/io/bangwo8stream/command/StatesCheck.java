package io.bangwo8stream.command;

import io.bangwo8stream.kafka.EventStreamRegistry;
import io.bangwo8stream.kafka.RefusedException;
import io.bangwo8stream.kafka.StreamSnapshot;
import io.bangwo8stream.scan.LostStates;
import io.bangwo8stream.source.Source;
import io.bangwo8stream.text.SafeText;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds states without their events, and events without their states; writes nothing. */
@Singleton
class StatesCheck {

    private final EventStreamRegistry streams;
    private final LostStates lost;
    private final EmptyTopicCheck emptyTopics;

    StatesCheck(EventStreamRegistry streams, LostStates lost, EmptyTopicCheck emptyTopics) {
        this.streams = streams;
        this.lost = lost;
        this.emptyTopics = emptyTopics;
    }

    void check(Collection<Source> sources, CheckReport report) {
        List<String> problems = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        Map<String, StreamSnapshot> states = new HashMap<>();
        for (Source source : sources) {
            try {
                StreamSnapshot state = states.computeIfAbsent(source.stream(), streams::snapshot);
                Stream.of(lost.problem(source, state), emptyTopics.problem(source, state))
                        .flatMap(Optional::stream)
                        .map(problem -> "source " + source.name() + ": " + problem)
                        .forEach(problems::add);
            } catch (RefusedException missingRight) {
                // Optional: the product runs without it.
                notes.add("source " + source.name() + ": whether its state is lost is unknown: "
                        + SafeText.line(missingRight.getMessage()));
            } catch (RuntimeException failed) {
                problems.add("source " + source.name() + ": its state cannot be read: " + SafeText.named(failed));
            }
        }
        report.add("states", problems);
        report.note("states", notes);
    }
}
