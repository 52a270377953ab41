package io.bangwo8stream.scan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.change.RowContent;
import io.bangwo8stream.record.FieldTable;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.record.TypedRecord;
import io.bangwo8stream.record.UnreadableJsonException;
import io.bangwo8stream.source.Source;
import java.util.function.Function;

/**
 * A row of a list as it was sent, and what is read from it. It is typed when somebody asks for that: a row that an
 * earlier pass has seen is seldom published again. A packed row is kept as bytes, which take a fraction of the memory, and is
 * read again when it is needed. One thread at a time works on it.
 */
final class ListedRow {

    private final FieldTable fields;
    private final Function<ObjectNode, TypedRecord> typing;
    private final RowDigest digest;
    private JsonNode row;
    private byte[] packed;
    private TypedRecord typed;
    private RowContent content;

    private ListedRow(JsonNode row, RowDigest digest, FieldTable fields, Function<ObjectNode, TypedRecord> typing) {
        this.row = row;
        this.digest = digest;
        this.fields = fields;
        this.typing = typing;
    }

    /**
     * A row that was typed, and is typed again when it was packed.
     *
     * @param sent 64 bits, see {@link RowDigest}
     */
    static ListedRow typed(
            Source source, ObjectNode row, TypedRecord typed, long sent, Function<ObjectNode, TypedRecord> typing) {
        RowContent content = RowContent.of(typed, source.fields());
        long created = RowSummarizer.created(source, typed.record());
        RowDigest digest = new RowDigest(sent, content.fingerprint(), content.size(), created);
        ListedRow listed = new ListedRow(row, digest, source.fields(), typing);
        listed.typed = typed;
        listed.content = content;
        return listed;
    }

    /** A row that is known, and typed when it is needed. */
    static ListedRow known(Source source, ObjectNode row, RowDigest digest, Function<ObjectNode, TypedRecord> typing) {
        return new ListedRow(row, digest, source.fields(), typing);
    }

    /** A row that cannot be typed. */
    static ListedRow untypable(JsonNode row, long fingerprint) {
        return new ListedRow(row, new RowDigest(fingerprint, fingerprint, 0, RowDigest.UNKNOWN), null, null);
    }

    boolean isTypable() {
        return typing != null;
    }

    RowDigest digest() {
        return digest;
    }

    /** The row as it was sent. */
    JsonNode sent() {
        if (row == null) {
            row = read(packed);
            packed = null;
        }
        return row;
    }

    /** The typed row, or {@code null} where it cannot be typed. */
    TypedRecord typed() {
        if (typed == null && isTypable()) {
            typed = typing.apply((ObjectNode) sent());
        }
        return typed;
    }

    /** The content of the typed row. */
    RowContent content() {
        if (content == null) {
            content = RowContent.of(typed(), fields);
        }
        return content;
    }

    /** The row as text, without reading it again: any thread may ask for it. */
    String text() {
        JsonNode known = row;
        return known == null ? "(packed)" : known.toString();
    }

    /** Keeps only the bytes. */
    void pack() {
        packed = LenientJson.write(sent());
        row = null;
        typed = null;
        content = null;
    }

    private static JsonNode read(byte[] packed) {
        try {
            return LenientJson.read(packed);
        } catch (UnreadableJsonException impossible) {
            throw new IllegalStateException("a row that was written cannot be read", impossible);
        }
    }
}
