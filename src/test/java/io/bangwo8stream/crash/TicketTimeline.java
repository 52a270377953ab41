package io.bangwo8stream.crash;

import io.bangwo8stream.standin.TicketVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The versions of one ticket. */
final class TicketTimeline implements Versions<TicketContent> {

    private final Set<String> followed;
    private final List<Entry> entries = new ArrayList<>();

    /** @param content {@code null} when the ticket was removed */
    private record Entry(long sequence, TicketContent content) {}

    /** @param followed the ids of the views that the product follows */
    TicketTimeline(Set<String> followed) {
        this.followed = followed;
    }

    /** Adds a version that is newer than all others. */
    void add(TicketVersion version) {
        Set<String> views = new TreeSet<>(version.views());
        views.retainAll(followed);
        entries.add(
                new Entry(version.sequence(), version.row() == null ? null : TicketContent.of(version.row(), views)));
    }

    /** The lists of the views are read one after the other, so that each view may be as of another version. */
    @Override
    public int earliestFetch(TicketContent content, int from) {
        boolean listed = content.views().stream()
                .allMatch(view -> first(0, entry -> entry.views().contains(view)) >= 0);
        return listed ? first(from, entry -> entry.row().equals(content.row())) : -1;
    }

    @Override
    public int firstGone(int from) {
        for (int i = from; i < entries.size(); i++) {
            if (entries.get(i).content() == null) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public boolean isGone() {
        return last() == null;
    }

    /** Whether the ticket exists, and no followed view lists it at the end. */
    boolean isUnlisted() {
        return !isGone() && last().views().isEmpty();
    }

    @Override
    public boolean mayStayUnknown() {
        return isGone() || isUnlisted();
    }

    @Override
    public boolean isFinal(TicketContent content) {
        return content.equals(last());
    }

    private TicketContent last() {
        return entries.get(entries.size() - 1).content();
    }

    @Override
    public long sequence(int index) {
        return entries.get(index).sequence();
    }

    @Override
    public int size() {
        return entries.size();
    }

    @Override
    public String difference(TicketContent content) {
        boolean sameRow = !isGone() && content.row().equals(last().row());
        return " (a ticket, " + (sameRow ? "same" : "another") + " row, views " + content.views() + " instead of "
                + (isGone() ? "none" : last().views()) + ")";
    }

    private int first(int from, Predicate<TicketContent> wanted) {
        for (int i = from; i < entries.size(); i++) {
            if (entries.get(i).content() != null && wanted.test(entries.get(i).content())) {
                return i;
            }
        }
        return -1;
    }
}
