package io.bangwo8stream.change;

import io.bangwo8stream.record.FieldTable;
import io.bangwo8stream.record.TypedRecord;

/** The content of a typed row: what is compared each time it is listed, and is a part of its document. */
public final class RowContent {

    private final byte[] record;
    private final long fingerprint;

    private RowContent(byte[] record, long fingerprint) {
        this.record = record;
        this.fingerprint = fingerprint;
    }

    /** @param fields the fields of the row */
    public static RowContent of(TypedRecord row, FieldTable fields) {
        TextComparison texts = TextComparison.of(fields);
        CanonicalJson content = new CanonicalJson().add(row.record(), texts);
        byte[] record = content.toBytes();
        content.add(row.labels(), TextComparison.EXACT).add(row.unparsed(), texts);
        return new RowContent(record, content.checksum());
    }

    /** 64 bits: enough to detect that one row has changed. */
    public long fingerprint() {
        return fingerprint;
    }

    /** The size of its record, in bytes. */
    public int size() {
        return record.length;
    }

    /** The canonical form of its record. */
    byte[] record() {
        return record;
    }
}
