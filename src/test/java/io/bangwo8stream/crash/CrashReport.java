package io.bangwo8stream.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The result of one run, which fits on one screen.
 *
 * @param injected        number of faults by kind
 * @param canJump         whether days could pass at once, and clocks jump
 * @param restarts        how often an instance was restarted because it had found no broker, or broken routes
 * @param unexpectedExits how often an instance ended for another reason without a fault that ends it
 * @param settledAfter    time from the last fault until all changes were published
 * @param checked         what was compared, in words
 */
record CrashReport(
        Duration duration,
        long seed,
        Map<String, Integer> injected,
        boolean canJump,
        long events,
        long deadLetters,
        int restarts,
        int unexpectedExits,
        Duration settledAfter,
        List<String> checked,
        Violations violations) {

    private static final int SHOWN_VIOLATIONS = 12;

    boolean isClean() {
        return violations.isEmpty()
                && unexpectedExits == 0
                && !injected.containsKey(FaultActions.SIGTERM_WITHOUT_EFFECT);
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
                restarts + " of instances without a broker or with broken routes, " + unexpectedExits
                        + " after unexpected exits");
        if (!canJump) {
            line(lines, "not injected", "jumps of clocks and outages of days: the package faketime is not installed");
        }
        line(lines, "events read", events + " (and " + deadLetters + " dead letters)");
        checked.forEach(what -> line(lines, "checked", what));
        for (Violations.Kind kind : Violations.Kind.values()) {
            line(lines, kind.title(), Integer.toString(violations.of(kind).size()));
        }
        for (Violations.Kind kind : Violations.Kind.values()) {
            violations.of(kind).stream().limit(SHOWN_VIOLATIONS).forEach(lines::add);
        }
        return String.join(System.lineSeparator(), lines);
    }

    private static void line(List<String> lines, String name, String value) {
        lines.add("  %-18s %s".formatted(name, value));
    }
}
