package io.bangwo8stream.label;

import io.bangwo8stream.kafka.OptionLabels;
import io.bangwo8stream.time.MonotonicTime;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The labels that one stream knows, and when the vendor last showed them. */
final class KnownLabels {

    private final OptionLabels labels;
    private final MonotonicTime clock;
    private final Duration maxAge;
    /** When the vendor last showed the label of an option, or that it has none. */
    private final Map<Option, Duration> shown = new ConcurrentHashMap<>();

    /** @param maxAge after this time a label, or that there is none, is to be checked */
    KnownLabels(OptionLabels labels, MonotonicTime clock, Duration maxAge) {
        this.labels = labels;
        this.clock = clock;
        this.maxAge = maxAge;
    }

    /** The label of an option; empty where none is known. */
    String get(Option option) {
        return labels.get(option.field(), option.id());
    }

    /** Another number once a label has changed. */
    int version() {
        return labels.version();
    }

    /** Whether the label of the option is to be requested: it is not known, and the vendor has not lately shown none. */
    boolean isUnknown(Option option) {
        return get(option).isEmpty() && isStale(option);
    }

    /** Whether the vendor has not lately shown what the label of the option is, or that it has none. */
    boolean isStale(Option option) {
        Duration last = shown.get(option);
        return last == null || clock.now().minus(last).compareTo(maxAge) >= 0;
    }

    /** Whether {@code label} is another one than the known label. */
    boolean isChange(Option option, String label) {
        String known = get(option);
        return !known.isEmpty() && !label.isEmpty() && !known.equals(label);
    }

    /** Takes what the vendor shows. A known label stays where there is none any more, such as for a deleted option. */
    void show(Option option, String label) {
        shown.put(option, clock.now());
        if (!label.isEmpty() && !label.equals(get(option))) {
            labels.learn(option.field(), option.id(), label);
        }
    }
}
