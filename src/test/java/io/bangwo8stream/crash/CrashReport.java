package io.bangwo8stream.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The result of one run, which fits on one screen.
 *
 * @param injected        number of faults by kind
 * @param restarts        how often an instance was restarted because it had found no broker
 * @param unexpectedExits how often an instance ended for another reason without a fault that ends it
 * @param settledAfter    time from the last fault until all changes were published
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
        int unexpectedExits,
        Duration settledAfter,
        ConsistencyChecker checker) {

    private static final int SHOWN_VIOLATIONS = 12;

    boolean isClean() {
        return checker.isClean() && unexpectedExits == 0 && !injected.containsKey(FaultActions.SIGTERM_WITHOUT_EFFECT);
    }

    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        lines.add("crash harness: " + (isClean() ? "clean" : "VIOLATIONS"));
        line(lines, "duration", duration.toSeconds() + " s, settled after another " + settledAfter.toSeconds() + " s");
        line(lines, "seed", Long.toString(seed));
        line(
                lines,
                "injected",
                Integer.toString(
                        injected.values().stream().mapToInt(Integer::intValue).sum()));
        injected.forEach((kind, times) -> lines.add("    %-36s %6d".formatted(kind, times)));
        line(
                lines,
                "restarts",
                restarts + " of instances without a broker, " + unexpectedExits + " after unexpected exits");
        line(lines, "records", records + " in " + versions + " versions");
        line(lines, "events read", events + " (and " + deadLetters + " dead letters)");
        line(lines, "lost last states", Integer.toString(checker.lost().size()));
        line(lines, "duplicates", Integer.toString(checker.duplicates().size()));
        line(lines, "out of order", Integer.toString(checker.outOfOrder().size()));
        line(lines, "never shown", Integer.toString(checker.neverShown().size()));
        for (List<String> violations :
                List.of(checker.lost(), checker.duplicates(), checker.outOfOrder(), checker.neverShown())) {
            violations.stream().limit(SHOWN_VIOLATIONS).forEach(lines::add);
        }
        return String.join(System.lineSeparator(), lines);
    }

    private static void line(List<String> lines, String name, String value) {
        lines.add("  %-18s %s".formatted(name, value));
    }
}
