package io.bangwo8stream.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** All versions of all tickets in the order of their changes, recorded once it is enabled; used under a lock. */
final class TicketHistory {

    private final List<TicketVersion> versions = new ArrayList<>();
    private boolean enabled;

    void enable() {
        enabled = true;
    }

    List<TicketVersion> versions() {
        return List.copyOf(versions);
    }

    /** @param row of the ticket; {@code null} when it is removed */
    void add(String id, ObjectNode row, Set<String> views) {
        if (enabled) {
            versions.add(new TicketVersion(
                    versions.size() + 1L, id, row == null ? null : row.deepCopy(), new TreeSet<>(views)));
        }
    }
}
