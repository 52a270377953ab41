package io.bangwo8stream.scan;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.record.UnreadableJsonException;
import io.bangwo8stream.record.UnusableValue;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The records that several lists contain, each once, with the ids of these lists. A few records stay as they were read;
 * of many only the rows are kept, as bytes, which take a fraction of the memory, and are read again when they are needed.
 */
final class FoundRecords {

    /** A record takes about so many times the memory of its content. */
    private static final int PER_BYTE = 8;

    /** One of so many parts of the heap is for records as they were read. */
    private static final int SHARE = 4;

    private final long mostBytes;
    private final Map<String, Found> found = new LinkedHashMap<>();
    private long bytes;

    FoundRecords() {
        this(Runtime.getRuntime().maxMemory() / SHARE / PER_BYTE);
    }

    /** @param mostBytes of content, up to which records stay as they were read */
    FoundRecords(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** A record, or the bytes of its row, and the ids of the lists that contain it. */
    static final class Found {

        private final TreeSet<Long> lists = new TreeSet<>();
        private FetchedRecord record;
        private byte[] row;

        private Found(FetchedRecord record) {
            this.record = record;
        }

        TreeSet<Long> lists() {
            return lists;
        }

        /** @param reader reads the record again where only its row was kept */
        FetchedRecord record(Function<JsonNode, FetchedRecord> reader) {
            try {
                return row == null ? record : reader.apply(LenientJson.read(row));
            } catch (UnreadableJsonException impossible) {
                throw new IllegalStateException("a row that was written cannot be read", impossible);
            }
        }

        /** Keeps only the row, where it says all: not why a record has failed, and no value that JSON cannot represent. */
        private void pack() {
            if (record.failure() == null && !UnusableValue.isIn(record.payload())) {
                row = LenientJson.write(record.payload());
                record = null;
            }
        }
    }

    /** Adds a record that a list contains. */
    void add(FetchedRecord record, long list) {
        found.computeIfAbsent(record.key(), key -> newlyFound(record)).lists().add(list);
    }

    private Found newlyFound(FetchedRecord record) {
        Found one = new Found(record);
        boolean packed = bytes > mostBytes;
        bytes += record.size();
        if (packed) {
            one.pack();
        } else if (bytes > mostBytes) {
            one.pack();
            found.values().forEach(Found::pack);
        }
        return one;
    }

    /** The record with this id, if it was read from an equal row and stays as it was read; otherwise {@code null}. */
    FetchedRecord readFrom(JsonNode row, String id) {
        Found known = found.get(id);
        boolean same =
                known != null && known.record != null && known.record.payload().equals(row);
        return same ? known.record : null;
    }

    /** The records in the order in which they were found; an iterator that can remove them. */
    Iterator<Found> iterator() {
        return found.values().iterator();
    }
}
