package io.bangwo8stream.lifecycle;

import io.bangwo8stream.cluster.LeadershipCheck;
import io.bangwo8stream.source.Source;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the sources that wait in vain, since their streams are led by another instance for good. */
final class LeadershipTimeout {

    /** Far longer than instances take to agree on who leads, or to replace one that died. */
    static final Duration LEADERSHIP_TIMEOUT = Duration.ofSeconds(60);

    private final LeadershipCheck leads;
    private final Clock clock;
    private final Map<Source, Instant> unledSince = new HashMap<>();

    LeadershipTimeout(LeadershipCheck leads, Clock clock) {
        this.leads = leads;
        this.clock = clock;
    }

    /**
     * Looks at sources that wait for their first walk; to be called every few seconds, by one thread.
     *
     * @return those whose streams were led at none of the looks of the last 60 s
     */
    List<Source> among(Collection<Source> waiting) {
        unledSince.keySet().removeIf(source -> leads.leads(source.stream()));
        waiting.stream()
                .filter(source -> !leads.leads(source.stream()))
                .forEach(source -> unledSince.putIfAbsent(source, clock.instant()));
        Instant latest = clock.instant().minus(LEADERSHIP_TIMEOUT);
        return waiting.stream()
                .filter(source -> unledSince.containsKey(source))
                .filter(source -> !unledSince.get(source).isAfter(latest))
                .toList();
    }
}
