package io.bangwo8stream.scan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The records that several lists contain, each once, with the ids of these lists. A few records stay as they were read;
 * of many only the rows are kept, as bytes, and are read again when they are needed.
 */
final class FoundRecords {

    /** A record takes about so many times the memory of its content. */
    private static final int PER_BYTE = 8;

    /** One of so many parts of the heap is for records as they were read. */
    private static final int SHARE = 4;

    private final long mostBytes;
    private final Map<String, Found> found = new LinkedHashMap<>();
    private final Map<List<Long>, List<Long>> combinations = new HashMap<>();
    private long bytes;

    FoundRecords() {
        this(Runtime.getRuntime().maxMemory() / SHARE / PER_BYTE);
    }

    /** @param mostBytes of content, up to which records stay as they were read */
    FoundRecords(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** A record, and the ids of the lists that contain it, in ascending order. */
    record Found(FetchedRecord record, List<Long> lists) {}

    /** Adds a record that a list contains. */
    void add(FetchedRecord record, long list) {
        Found known = found.get(record.key());
        if (known == null) {
            pack(record);
            known = new Found(record, List.of());
        }
        found.put(record.key(), new Found(known.record(), with(known.lists(), list)));
    }

    /** Many records are in the same lists, and share their ids. */
    private List<Long> with(List<Long> lists, long list) {
        if (lists.contains(list)) {
            return lists;
        }
        List<Long> more = new ArrayList<>(lists);
        more.add(list);
        Collections.sort(more);
        return combinations.computeIfAbsent(more, List::copyOf);
    }

    /** Packs it, and all others, once they are many. */
    private void pack(FetchedRecord record) {
        boolean few = bytes <= mostBytes;
        bytes += record.size();
        if (bytes > mostBytes) {
            record.pack();
            if (few) {
                found.values().forEach(before -> before.record().pack());
            }
        }
    }

    /** The record with this id, if it was read from the same row; otherwise {@code null}. */
    FetchedRecord readFrom(String id, long sent) {
        Found known = found.get(id);
        return known != null && known.record().digest().sent() == sent ? known.record() : null;
    }

    /** The records in the order in which they were found; an iterator that can remove them. */
    Iterator<Found> iterator() {
        return found.values().iterator();
    }
}
