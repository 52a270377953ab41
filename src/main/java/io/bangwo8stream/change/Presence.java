package io.bangwo8stream.change;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which lists contain a record, and since when none does.
 *
 * @param lists        names of the lists, sorted, such as {@code /remoterecord/histories.json}; equal lists are one object
 * @param missingSince when the record was missing from all of them for the first time, in epoch milliseconds; 0 while
 *                     it is not
 */
public record Presence(List<String> lists, long missingSince) {

    /** Few different ones: an account has few lists, and most records stand in the same. */
    private static final Map<List<String>, List<String>> INTERNED = new ConcurrentHashMap<>();

    /** Of a record that no list is known to contain. */
    public static final Presence UNKNOWN = in(List.of());

    public Presence {
        lists = INTERNED.computeIfAbsent(lists, List::copyOf);
    }

    /** Of a record that these lists contain. */
    public static Presence in(Collection<String> lists) {
        return new Presence(List.copyOf(new TreeSet<>(lists)), 0);
    }

    /** The same after a sighting in {@code list}, which adds it to the lists. */
    Presence and(Collection<String> seenIn) {
        if (missingSince == 0 && lists.containsAll(seenIn)) {
            return this;
        }
        TreeSet<String> all = new TreeSet<>(lists);
        all.addAll(seenIn);
        return in(all);
    }

    /** The same, missing since {@code time}; 0 for not missing. */
    Presence missingSince(long time) {
        return new Presence(lists, time);
    }
}
