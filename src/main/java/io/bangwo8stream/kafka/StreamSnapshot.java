package io.bangwo8stream.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.change.RecordState;
import java.util.Map;
import java.util.function.Predicate;

/** What was read from the state topic of one stream, for those who only look at it. */
public final class StreamSnapshot {

    private final StateStore store;

    StreamSnapshot(StateStore store) {
        this.store = store;
    }

    /** Whether nothing shows that the stream has ever published or scanned anything. */
    public boolean hasNoState() {
        return store.isEmpty();
    }

    /** As {@link EventStream#notes}. */
    public Map<String, JsonNode> notes() {
        return store.notes().all();
    }

    /** As {@link EventStream#count}. */
    public long count(Predicate<RecordState> wanted) {
        return store.count(wanted);
    }
}
