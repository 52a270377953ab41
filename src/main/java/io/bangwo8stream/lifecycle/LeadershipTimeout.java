package io.bangwo8stream.lifecycle;

import io.bangwo8stream.cluster.LeadershipCheck;
import io.bangwo8stream.source.Source;
import io.bangwo8stream.time.MonotonicTime;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the sources that wait too long for the leadership of their streams, which another instance keeps. */
final class LeadershipTimeout {

    /** Far longer than instances need to elect a leader, or to replace one that died. */
    static final Duration LEADERSHIP_TIMEOUT = Duration.ofSeconds(60);

    private final LeadershipCheck leads;
    private final MonotonicTime clock;
    private final Map<Source, Duration> unledSince = new HashMap<>();

    LeadershipTimeout(LeadershipCheck leads, MonotonicTime clock) {
        this.leads = leads;
        this.clock = clock;
    }

    /**
     * Checks sources that wait for their first scan; one thread must call it every few seconds.
     *
     * @return those whose streams this instance did not lead at any check of the last 60 s
     */
    List<Source> among(Collection<Source> waiting) {
        unledSince.keySet().removeIf(source -> leads.leads(source.stream()));
        waiting.stream()
                .filter(source -> !leads.leads(source.stream()))
                .forEach(source -> unledSince.putIfAbsent(source, clock.now()));
        Duration latest = clock.now().minus(LEADERSHIP_TIMEOUT);
        return waiting.stream()
                .filter(source -> unledSince.containsKey(source))
                .filter(source -> unledSince.get(source).compareTo(latest) <= 0)
                .toList();
    }
}
