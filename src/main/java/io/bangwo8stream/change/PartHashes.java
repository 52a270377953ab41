package io.bangwo8stream.change;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * Hashes of the parts of a document, 32 bits each, packed into two numbers. They decide which parts an event names as
 * changed, never whether there is an event.
 *
 * @param rowPart    of {@code record} with {@code unparsed}, and of {@code labels}
 * @param joinedPart of the first two other members, in the order of their names
 */
public record PartHashes(long rowPart, long joinedPart) {

    static final String RECORD = "record";
    static final String LABELS = "labels";
    static final String UNPARSED = "unparsed";

    /** The hashes of a document that has none, or whose hashes are unknown. */
    static final PartHashes NONE = new PartHashes(0, 0);

    /** Collects the hashes while the canonical form of a document is written. */
    static final class Collector {

        private int record;
        private int labels;
        private final TreeMap<String, Integer> others = new TreeMap<>();

        /** Adds the member {@code name}, whose canonical form is a slice of {@code bytes}. */
        void add(String name, byte[] bytes, int from, int to) {
            CRC32C crc = new CRC32C();
            crc.update(bytes, from, to - from);
            int hash = (int) crc.getValue();
            switch (name) {
                case RECORD, UNPARSED -> record = 31 * record + hash;
                case LABELS -> labels = hash;
                default -> others.put(name, hash);
            }
        }

        PartHashes hashes() {
            List<Integer> hashes = new ArrayList<>(others.values());
            return new PartHashes(pack(record, labels), pack(at(hashes, 0), at(hashes, 1)));
        }

        private static int at(List<Integer> hashes, int index) {
            return index < hashes.size() ? hashes.get(index) : 0;
        }

        private static long pack(int high, int low) {
            return (long) high << 32 | low & 0xFFFFFFFFL;
        }
    }

    /**
     * The parts that differ between these hashes and earlier ones.
     *
     * @param joinedNames names of the joined parts of the document, in the order of their names
     * @return their names, separated by commas, such as {@code record,serviceSummary}
     */
    String changedSince(PartHashes before, List<String> joinedNames) {
        List<String> names = new ArrayList<>();
        if (high(rowPart) != high(before.rowPart)) {
            names.add(RECORD);
        }
        if (low(rowPart) != low(before.rowPart)) {
            names.add(LABELS);
        }
        if (!joinedNames.isEmpty() && high(joinedPart) != high(before.joinedPart)) {
            names.add(joinedNames.get(0));
        }
        if (joinedNames.size() > 1 && low(joinedPart) != low(before.joinedPart)) {
            names.add(joinedNames.get(1));
        }
        return String.join(",", names);
    }

    /** 32 hexadecimal digits. */
    String hex() {
        return HexFormat.of().toHexDigits(rowPart) + HexFormat.of().toHexDigits(joinedPart);
    }

    private static int high(long packed) {
        return (int) (packed >>> 32);
    }

    private static int low(long packed) {
        return (int) packed;
    }
}
