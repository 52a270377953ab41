package io.bangwo8stream.change;

import java.util.Map;
import java.util.TreeMap;

/**
 * Which source of a stream owns a record, and what its other sources have shown. Lists may differ by a field; only the
 * owner publishes the record, so that two sources do not update it in turns.
 *
 * @param owner  name of the source that publishes the record; empty where it is not known
 * @param fields the number of fields of its row
 * @param others fingerprints of the last rows of other sources that differ from the owner's, by source
 */
public record SourceRows(String owner, int fields, Map<String, Long> others) {

    public static final SourceRows UNKNOWN = new SourceRows("", 0, Map.of());

    public SourceRows {
        others = Map.copyOf(others);
    }

    /** After {@code source} has become the owner. */
    SourceRows ownedBy(String source, int newFields, long rowBefore) {
        Map<String, Long> rows = new TreeMap<>(others);
        rows.remove(source);
        if (!owner.isEmpty() && !owner.equals(source)) {
            rows.put(owner, rowBefore);
        }
        return new SourceRows(source, newFields, rows);
    }

    /** After another source than the owner has shown a row. */
    SourceRows with(String source, long row) {
        Map<String, Long> rows = new TreeMap<>(others);
        rows.put(source, row);
        return new SourceRows(owner, fields, rows);
    }
}
