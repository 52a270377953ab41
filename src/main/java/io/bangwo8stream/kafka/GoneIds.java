package io.bangwo8stream.kafka;

import java.nio.charset.StandardCharsets;

/**
 * Where the state topic holds what remains of records that are gone: 64 bits of a hash of an id, and the offset, in 16
 * bytes each. Two ids with one hash share a place, which the key of the value at that offset tells apart.
 */
final class GoneIds {

    private static final int SMALLEST = 16;
    private static final int SEQUENCE_BITS = 24;
    private static final long MAX_SEQUENCE = (1L << SEQUENCE_BITS) - 1;

    /** A hash, or 0 for a free place. */
    private long[] hashes = new long[SMALLEST];
    /** The offset, then the sequence. */
    private long[] values = new long[SMALLEST];

    private int size;

    synchronized void put(String id, long offset, int sequence) {
        int place = place(hash(id));
        if (hashes[place] == 0) {
            size++;
        }
        hashes[place] = hash(id);
        values[place] = offset << SEQUENCE_BITS | Math.min(sequence, MAX_SEQUENCE);
        if (size * 4L > hashes.length * 3L) {
            grow();
        }
    }

    /** The offset of what remains of the record {@code id}; -1 where nothing is known to remain. */
    synchronized long offset(String id) {
        int place = place(hash(id));
        return hashes[place] == 0 ? -1 : values[place] >>> SEQUENCE_BITS;
    }

    /** Its sequence; -1 where nothing is known to remain. */
    synchronized int sequence(String id) {
        int place = place(hash(id));
        return hashes[place] == 0 ? -1 : (int) (values[place] & MAX_SEQUENCE);
    }

    synchronized void remove(String id) {
        int gap = place(hash(id));
        if (hashes[gap] == 0) {
            return;
        }
        size--;
        hashes[gap] = 0;
        // Later entries that a search would no longer find move up.
        for (int next = next(gap); hashes[next] != 0; next = next(next)) {
            if ((next - home(hashes[next]) & mask()) >= (next - gap & mask())) {
                hashes[gap] = hashes[next];
                values[gap] = values[next];
                hashes[next] = 0;
                gap = next;
            }
        }
    }

    synchronized void clear() {
        hashes = new long[SMALLEST];
        values = new long[SMALLEST];
        size = 0;
    }

    synchronized int size() {
        return size;
    }

    private void grow() {
        long[] hashesBefore = hashes;
        long[] valuesBefore = values;
        hashes = new long[hashesBefore.length * 2];
        values = new long[hashes.length];
        for (int i = 0; i < hashesBefore.length; i++) {
            if (hashesBefore[i] != 0) {
                int place = place(hashesBefore[i]);
                hashes[place] = hashesBefore[i];
                values[place] = valuesBefore[i];
            }
        }
    }

    private int place(long hash) {
        int place = home(hash);
        while (hashes[place] != 0 && hashes[place] != hash) {
            place = next(place);
        }
        return place;
    }

    private int home(long hash) {
        return (int) (hash >>> 32) & mask();
    }

    private int next(int place) {
        return place + 1 & mask();
    }

    private int mask() {
        return hashes.length - 1;
    }

    /** FNV-1a with the final steps of MurmurHash, so that consecutive ids spread. */
    private static long hash(String id) {
        long hash = 0xcbf29ce484222325L;
        for (byte next : id.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ next & 0xFF) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash ^= hash >>> 33;
        return hash == 0 ? 1 : hash;
    }
}
