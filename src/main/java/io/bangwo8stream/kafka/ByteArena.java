package io.bangwo8stream.kafka;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntConsumer;

/**
 * Entries of bytes in large arrays, so that a million of them are a few hundred objects. An entry begins with its length,
 * the length of its key and a day. Not thread-safe.
 */
final class ByteArena {

    /** Length of the entry, length of its key, day. */
    static final int HEADER = 2 + 2 + 4;

    private static final int CHUNK_BITS = 18;
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final int MAX_CHUNKS = 1 << (31 - CHUNK_BITS);

    private byte[][] chunks = new byte[0][];
    /** The chunk that takes new entries, or -1. */
    private int current = -1;

    private int[] used = new int[0];
    private int[] live = new int[0];
    private int[] firstDay = new int[0];
    private int[] lastDay = new int[0];

    /** Adds an entry, the first {@code length} bytes of {@code entry}; returns its position. */
    int add(byte[] entry, int length) {
        if (current < 0 || used[current] + length > CHUNK) {
            current = newChunk();
        }
        int at = used[current];
        System.arraycopy(entry, 0, chunks[current], at, length);
        used[current] += length;
        live[current] += length;
        widenDays(current, intAt(entry, 4));
        return current << CHUNK_BITS | at;
    }

    /** Overwrites the entry at {@code position} when its length is the same. */
    boolean replace(int position, byte[] entry, int length) {
        if (length(position) != length) {
            return false;
        }
        System.arraycopy(entry, 0, chunk(position), offset(position), length);
        widenDays(position >>> CHUNK_BITS, intAt(entry, 4));
        return true;
    }

    /** Releases an entry; returns a chunk to evacuate because most of it is released, or -1. */
    int release(int position) {
        int chunk = position >>> CHUNK_BITS;
        live[chunk] -= length(position);
        return chunk != current && live[chunk] < CHUNK / 2 ? chunk : -1;
    }

    /** Calls {@code action} with the position of each entry of a chunk, released ones included. */
    void forEach(int chunk, IntConsumer action) {
        int end = used[chunk];
        for (int at = 0; at < end; ) {
            int position = chunk << CHUNK_BITS | at;
            at += length(position);
            action.accept(position);
        }
    }

    /** Calls {@code action} with each entry of a day from {@code first} to {@code last}, released ones included. */
    void forEachOfDays(long first, long last, IntConsumer action) {
        for (int chunk = 0; chunk < chunks.length; chunk++) {
            if (chunks[chunk] != null && firstDay[chunk] <= last && lastDay[chunk] >= first) {
                forEach(chunk, position -> {
                    int day = day(position);
                    if (day >= first && day <= last) {
                        action.accept(position);
                    }
                });
            }
        }
    }

    long allocatedBytes() {
        return Arrays.stream(chunks).filter(Objects::nonNull).count() * CHUNK;
    }

    /** Frees a chunk, whose entries are released or moved. */
    void free(int chunk) {
        chunks[chunk] = null;
    }

    byte[] chunk(int position) {
        return chunks[position >>> CHUNK_BITS];
    }

    static int offset(int position) {
        return position & CHUNK - 1;
    }

    int length(int position) {
        return shortAt(chunk(position), offset(position));
    }

    int keyLength(int position) {
        return shortAt(chunk(position), offset(position) + 2);
    }

    int day(int position) {
        return intAt(chunk(position), offset(position) + 4);
    }

    private void widenDays(int chunk, int day) {
        firstDay[chunk] = Math.min(firstDay[chunk], day);
        lastDay[chunk] = Math.max(lastDay[chunk], day);
    }

    private int newChunk() {
        int chunk = 0;
        while (chunk < chunks.length && chunks[chunk] != null && (live[chunk] > 0 || chunk == current)) {
            chunk++;
        }
        if (chunk == chunks.length) {
            grow();
        }
        chunks[chunk] = new byte[CHUNK];
        used[chunk] = 0;
        live[chunk] = 0;
        firstDay[chunk] = Integer.MAX_VALUE;
        lastDay[chunk] = Integer.MIN_VALUE;
        return chunk;
    }

    private void grow() {
        int size = Math.min(MAX_CHUNKS, chunks.length + chunks.length / 2 + 1);
        if (size == chunks.length) {
            throw new IllegalStateException("the states of one stream take more than 2 GiB; lower bangwo8.look-back");
        }
        chunks = Arrays.copyOf(chunks, size);
        used = Arrays.copyOf(used, size);
        live = Arrays.copyOf(live, size);
        firstDay = Arrays.copyOf(firstDay, size);
        lastDay = Arrays.copyOf(lastDay, size);
    }

    private static int shortAt(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
    }

    private static int intAt(byte[] bytes, int at) {
        return shortAt(bytes, at) << 16 | shortAt(bytes, at + 2);
    }
}
