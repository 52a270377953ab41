package io.bangwo8stream.command;

import io.bangwo8stream.kafka.EventTopics;
import io.bangwo8stream.kafka.PublishedEvent;
import io.bangwo8stream.source.Source;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Some of a source's published events, for one transaction.
 *
 * @param newest   the last of them of each record, by record id
 * @param position of the last one; empty where no more follow
 */
record EventCursor(Map<String, PublishedEvent> newest, Optional<String> position) {

    /** Distinguishes a position in the topic of the events from one in the states. */
    private static final String PREFIX = "events:";

    /** Whether a command stopped at a position in the topic of the events. */
    static boolean isPosition(Optional<String> position) {
        return position.filter(text -> text.startsWith(PREFIX)).isPresent();
    }

    /** The next events behind {@code after}, the position of those before; empty for the first ones. */
    static EventCursor next(EventTopics topics, String tenant, Source source, Optional<String> after) {
        EventTopics.Part part = topics.read(
                source.topic(),
                PublishedEvent.source(tenant, source.stream()),
                after.map(text -> text.substring(PREFIX.length())));
        Map<String, PublishedEvent> newest = new LinkedHashMap<>();
        part.events().forEach(event -> newest.put(event.key(), event));
        return new EventCursor(newest, part.position().map(position -> PREFIX + position));
    }
}
