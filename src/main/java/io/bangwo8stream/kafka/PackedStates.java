package io.bangwo8stream.kafka;

import io.bangwo8stream.change.RecordCounts;
import io.bangwo8stream.change.RecordState;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;

/**
 * The states of records by id, packed into arrays of bytes: a hash table of positions in a {@link ByteArena}. Threads may
 * read while another writes.
 */
final class PackedStates {

    private static final int SMALLEST = 64;

    private ByteArena arena;
    private StateCodec codec;
    /** For each place in the table the position of an entry plus one; 0 for none. */
    private int[] table;

    private int size;
    /** By the name of the source that publishes them; empty where it is not known. */
    private final Map<String, RecordCounts> countsByOwner = new HashMap<>();
    /** By day of creation: the number of its records, and of those that are pending. */
    private final TreeMap<Integer, int[]> counts = new TreeMap<>();

    private ByteBuffer scratch = ByteBuffer.allocate(1_000);

    PackedStates() {
        clear();
    }

    synchronized void clear() {
        arena = new ByteArena();
        codec = new StateCodec();
        table = new int[SMALLEST];
        size = 0;
        countsByOwner.clear();
        counts.clear();
    }

    synchronized int size() {
        return size;
    }

    /** The memory that the states take, apart from the table. */
    synchronized long allocatedBytes() {
        return arena.allocatedBytes();
    }

    /** The state of the record {@code id}, or {@code null}. */
    synchronized RecordState get(String id) {
        int entry = table[place(bytes(id))] - 1;
        return entry < 0 ? null : state(entry);
    }

    /** The sequence of the state of the record {@code id}; -1 where it has none. */
    synchronized int sequence(String id) {
        int entry = table[place(bytes(id))] - 1;
        return entry < 0 ? -1 : StateCodec.sequence(payload(entry));
    }

    synchronized void put(String id, RecordState state, int sequence) {
        byte[] key = bytes(id);
        int length = encode(key, state, sequence);
        int place = place(key);
        if (table[place] != 0) {
            count(state(table[place] - 1), -1);
        }
        count(state, 1);
        if (table[place] == 0) {
            size++;
            table[place] = arena.add(scratch.array(), length) + 1;
            growWhenFull();
        } else if (!arena.replace(table[place] - 1, scratch.array(), length)) {
            int before = table[place] - 1;
            table[place] = arena.add(scratch.array(), length) + 1;
            release(before);
        }
    }

    synchronized void remove(String id) {
        int place = place(bytes(id));
        if (table[place] == 0) {
            return;
        }
        int entry = table[place] - 1;
        count(state(entry), -1);
        size--;
        closeGap(place);
        release(entry);
    }

    /** Calls {@code action} with the id and the state of each record of the days from {@code first} to {@code last}. */
    synchronized void forEach(LocalDate first, LocalDate last, BiConsumer<String, RecordState> action) {
        forEachEntry(first, last, entry -> action.accept(id(entry), state(entry)));
    }

    /** Counts the records that {@code owner} publishes; those without a known one where it is empty. */
    synchronized RecordCounts countsOf(String owner) {
        return countsByOwner.getOrDefault(owner, RecordCounts.NONE);
    }

    /** Days of creation of records, from {@code first} to {@code last}; sorted. */
    synchronized SortedSet<LocalDate> days(LocalDate first, LocalDate last) {
        return days(first, last, 0);
    }

    /** Days of creation of pending records; sorted. */
    synchronized SortedSet<LocalDate> pendingDays() {
        return days(LocalDate.MIN, LocalDate.MAX, 1);
    }

    private SortedSet<LocalDate> days(LocalDate first, LocalDate last, int counted) {
        SortedSet<LocalDate> days = new TreeSet<>();
        counts.forEach((day, numbers) -> {
            if (numbers[counted] > 0 && day >= first.toEpochDay() && day <= last.toEpochDay()) {
                days.add(LocalDate.ofEpochDay(day));
            }
        });
        return days;
    }

    private void forEachEntry(LocalDate first, LocalDate last, IntConsumer action) {
        arena.forEachOfDays(first.toEpochDay(), last.toEpochDay(), entry -> {
            if (isLive(entry)) {
                action.accept(entry);
            }
        });
    }

    private boolean isLive(int entry) {
        return table[place(key(entry))] == entry + 1;
    }

    private void count(RecordState state, int change) {
        int[] numbers = counts.computeIfAbsent(state.day(), day -> new int[2]);
        numbers[0] += change;
        numbers[1] += state.isPending() ? change : 0;
        countsByOwner.merge(
                state.rows().owner(), new RecordCounts(change, state.isUnrecovered() ? change : 0), RecordCounts::plus);
        if (numbers[0] == 0) {
            counts.remove(state.day());
        }
    }

    private int encode(byte[] key, RecordState state, int sequence) {
        int most = ByteArena.HEADER + key.length + StateCodec.MAX_LENGTH;
        if (scratch.capacity() < most) {
            scratch = ByteBuffer.allocate(most);
        }
        scratch.clear().position(2);
        scratch.putShort((short) key.length).putInt(state.day()).put(key);
        codec.write(scratch, state, sequence);
        return scratch.putShort(0, (short) scratch.position()).position();
    }

    private RecordState state(int entry) {
        return codec.read(payload(entry), arena.day(entry)).state();
    }

    private ByteBuffer payload(int entry) {
        int head = ByteArena.HEADER + arena.keyLength(entry);
        return ByteBuffer.wrap(arena.chunk(entry), ByteArena.offset(entry) + head, arena.length(entry) - head);
    }

    private byte[] key(int entry) {
        int from = ByteArena.offset(entry) + ByteArena.HEADER;
        return Arrays.copyOfRange(arena.chunk(entry), from, from + arena.keyLength(entry));
    }

    private String id(int entry) {
        return new String(key(entry), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String id) {
        return id.getBytes(StandardCharsets.UTF_8);
    }

    /** Where {@code key} stands in the table, or the free place where it belongs. */
    private int place(byte[] key) {
        int place = home(key);
        while (table[place] != 0 && !hasKey(table[place] - 1, key)) {
            place = place + 1 & table.length - 1;
        }
        return place;
    }

    private boolean hasKey(int entry, byte[] key) {
        int from = ByteArena.offset(entry) + ByteArena.HEADER;
        return Arrays.equals(arena.chunk(entry), from, from + arena.keyLength(entry), key, 0, key.length);
    }

    private int home(byte[] key) {
        int hash = Arrays.hashCode(key) * 0x9E3779B9;
        return (hash ^ hash >>> 15) & table.length - 1;
    }

    private void growWhenFull() {
        if (size * 3L < table.length * 2L) {
            return;
        }
        int[] before = table;
        table = new int[before.length * 2];
        for (int entry : before) {
            if (entry != 0) {
                table[place(key(entry - 1))] = entry;
            }
        }
    }

    /** Frees a place; later entries that a search would no longer find move up. */
    private void closeGap(int freed) {
        int gap = freed;
        table[gap] = 0;
        for (int next = gap + 1 & table.length - 1; table[next] != 0; next = next + 1 & table.length - 1) {
            int home = home(key(table[next] - 1));
            if ((next - home & table.length - 1) >= (next - gap & table.length - 1)) {
                table[gap] = table[next];
                table[next] = 0;
                gap = next;
            }
        }
    }

    private void release(int entry) {
        int sparse = arena.release(entry);
        if (sparse >= 0) {
            ByteArena from = arena;
            from.forEach(sparse, old -> {
                byte[] key = key(old);
                int place = place(key);
                if (table[place] == old + 1) {
                    byte[] bytes = Arrays.copyOfRange(
                            from.chunk(old), ByteArena.offset(old), ByteArena.offset(old) + from.length(old));
                    table[place] = from.add(bytes, bytes.length) + 1;
                }
            });
            from.free(sparse);
        }
    }
}
