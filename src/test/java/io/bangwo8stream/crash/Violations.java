package io.bangwo8stream.crash;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The broken promises that a comparison has found, by kind. */
final class Violations {

    /** What is wrong. */
    enum Kind {
        LOST("lost last states"),
        NOT_DELETED("gone, not deleted"),
        WRONGLY_DELETED("deleted, not gone"),
        DUPLICATE("duplicates"),
        REPEATED_ID("repeated event ids"),
        OUT_OF_ORDER("out of order"),
        NEVER_SHOWN("never shown"),
        NOT_REFUSED("not refused");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        /** As it stands in the report. */
        String title() {
            return title;
        }
    }

    private final Map<Kind, List<String>> byKind = new EnumMap<>(Kind.class);

    void add(Kind kind, String violation) {
        byKind.computeIfAbsent(kind, any -> new ArrayList<>()).add(violation);
    }

    void addAll(Violations others) {
        others.byKind.forEach((kind, violations) -> violations.forEach(violation -> add(kind, violation)));
    }

    List<String> of(Kind kind) {
        return byKind.getOrDefault(kind, List.of());
    }

    boolean isEmpty() {
        return byKind.isEmpty();
    }

    /** Whether something is missing, which may still be published. */
    boolean isUnfinished() {
        return byKind.containsKey(Kind.LOST) || byKind.containsKey(Kind.NOT_DELETED);
    }
}
