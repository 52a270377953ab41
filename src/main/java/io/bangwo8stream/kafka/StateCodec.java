package io.bangwo8stream.kafka;

import io.bangwo8stream.change.Fingerprint;
import io.bangwo8stream.change.PartHashes;
import io.bangwo8stream.change.Presence;
import io.bangwo8stream.change.RecordState;
import io.bangwo8stream.change.SourceRows;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes a {@link RecordState}, except for its day, into few bytes, and reads it. A field is one line in {@link #write} and
 * one in {@link #read}, in the same order. Not thread-safe.
 */
final class StateCodec {

    /** More than any state takes. */
    static final int MAX_LENGTH = 400;

    /** Texts and lists of texts that many states share; a state has their number. */
    private final List<Object> shared = new ArrayList<>();

    private final Map<Object, Integer> numbers = new HashMap<>();

    /** A state and its place among the states of its record. */
    record Stored(RecordState state, int sequence) {}

    void write(ByteBuffer to, RecordState state, int sequence) {
        putNumber(to, sequence);
        to.put((byte) ((state.open() ? 1 : 0) | (state.deadLettered() ? 2 : 0) | (state.isUnrecovered() ? 4 : 0)));
        to.putLong(state.rowFingerprint());
        putFingerprint(to, state.wasPublished() ? new Fingerprint(state.publishedHigh(), state.publishedLow()) : null);
        putNumber(to, state.endedAt());
        putNumber(to, state.dueAt());
        putNumber(to, state.failures());
        putFingerprint(to, state.chain().eventId());
        PartHashes parts = state.chain().parts();
        putFingerprint(to, parts.equals(NO_PARTS) ? null : new Fingerprint(parts.rowPart(), parts.joinedPart()));
        putFingerprint(to, state.chain().deadLetterId());
        putNumber(to, number(state.presence().lists()));
        putNumber(to, state.presence().missingSince());
        putRows(to, state.rows());
    }

    private void putRows(ByteBuffer to, SourceRows rows) {
        putNumber(to, number(rows.owner()));
        putNumber(to, rows.fields());
        putNumber(to, number(List.copyOf(new TreeSet<>(rows.others().keySet()))));
        new TreeMap<>(rows.others()).values().forEach(to::putLong);
    }

    private SourceRows rows(ByteBuffer from) {
        String owner = (String) shared.get((int) number(from));
        int fields = (int) number(from);
        Map<String, Long> others = new TreeMap<>();
        texts(number(from)).forEach(source -> others.put(source, from.getLong()));
        return new SourceRows(owner, fields, others);
    }

    private static final PartHashes NO_PARTS = new PartHashes(0, 0);

    Stored read(ByteBuffer from, int day) {
        int sequence = (int) number(from);
        int flags = from.get();
        long row = from.getLong();
        Fingerprint published = fingerprint(from);
        long endedAt = number(from);
        long dueAt = number(from);
        int failures = (int) number(from);
        Fingerprint eventId = fingerprint(from);
        Fingerprint parts = fingerprint(from);
        Fingerprint deadLetterId = fingerprint(from);
        List<String> lists = texts(number(from));
        long missingSince = number(from);
        RecordState state = new RecordState(
                row,
                published == null ? 0 : published.high(),
                published == null ? 0 : published.low(),
                day,
                (flags & 1) != 0,
                endedAt,
                dueAt,
                failures,
                (flags & 2) != 0,
                new RecordState.Chain(
                        eventId,
                        parts == null ? NO_PARTS : new PartHashes(parts.high(), parts.low()),
                        deadLetterId,
                        (flags & 4) != 0),
                new Presence(lists, missingSince),
                rows(from));
        return new Stored(state, sequence);
    }

    /** The sequence of a state; the rest is not read. */
    static int sequence(ByteBuffer from) {
        return (int) number(from);
    }

    private int number(Object text) {
        return numbers.computeIfAbsent(text, added -> {
            shared.add(added);
            return shared.size() - 1;
        });
    }

    @SuppressWarnings("unchecked")
    private List<String> texts(long number) {
        return (List<String>) shared.get((int) number);
    }

    private static void putFingerprint(ByteBuffer to, Fingerprint value) {
        to.put((byte) (value == null ? 0 : 1));
        if (value != null) {
            to.putLong(value.high()).putLong(value.low());
        }
    }

    private static Fingerprint fingerprint(ByteBuffer from) {
        return from.get() == 0 ? null : new Fingerprint(from.getLong(), from.getLong());
    }

    /** Seven bits a byte, the lowest first. */
    private static void putNumber(ByteBuffer to, long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            to.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        to.put((byte) rest);
    }

    private static long number(ByteBuffer from) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = from.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
