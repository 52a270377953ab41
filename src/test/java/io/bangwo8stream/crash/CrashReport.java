package io.bangwo8stream.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The outcome of one run, for one screen.
 *
 * @param injected     events by kind
 * @param unasked      how often an instance ended though nobody ended it, after it had begun to work
 * @param settledAfter how long it took after the last trouble until everything was published
 */
record CrashReport(
        Duration duration,
        long seed,
        Map<String, Integer> injected,
        long records,
        long versions,
        long events,
        long deadLetters,
        int restarts,
        int unasked,
        Duration settledAfter,
        ConsistencyChecker checker) {

    private static final int SHOWN = 12;

    boolean isClean() {
        return checker.isClean() && unasked == 0 && !injected.containsKey(FaultActions.IN_VAIN);
    }

    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        lines.add("crash harness: " + (isClean() ? "clean" : "VIOLATIONS"));
        line(lines, "duration", duration.toSeconds() + " s, settled " + settledAfter.toSeconds() + " s later");
        line(lines, "seed", Long.toString(seed));
        line(
                lines,
                "injected",
                Integer.toString(
                        injected.values().stream().mapToInt(Integer::intValue).sum()));
        injected.forEach((kind, times) -> lines.add("    %-36s %6d".formatted(kind, times)));
        line(lines, "restarts", restarts + " of instances that found no broker, " + unasked + " of others that ended");
        line(lines, "records", records + " in " + versions + " versions");
        line(lines, "events read", events + " (and " + deadLetters + " dead letters)");
        line(lines, "lost last states", Integer.toString(checker.lost().size()));
        line(lines, "duplicates", Integer.toString(checker.duplicates().size()));
        line(lines, "out of order", Integer.toString(checker.outOfOrder().size()));
        line(lines, "never shown", Integer.toString(checker.neverShown().size()));
        for (List<String> violations :
                List.of(checker.lost(), checker.duplicates(), checker.outOfOrder(), checker.neverShown())) {
            violations.stream().limit(SHOWN).forEach(lines::add);
        }
        return String.join(System.lineSeparator(), lines);
    }

    private static void line(List<String> lines, String name, String value) {
        lines.add("  %-18s %s".formatted(name, value));
    }
}
