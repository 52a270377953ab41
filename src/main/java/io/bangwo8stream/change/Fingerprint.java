package io.bangwo8stream.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.bangwo8stream.record.FieldTable;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * The first 128 bits of the SHA-256 of a document's content, independent of the order of members, of the form of a
 * number, and of whether a member without a value was sent.
 */
public record Fingerprint(long high, long low) {

    /** The fingerprint of a document whose fields have no types. */
    public static Fingerprint of(JsonNode document) {
        return of(new CanonicalJson().add(document, TextComparison.UNTYPED));
    }

    static Fingerprint of(CanonicalJson content) {
        ByteBuffer digest = content.digest();
        return new Fingerprint(digest.getLong(), digest.getLong());
    }

    /**
     * The id of the event that follows {@code previous} in the history of a record, with this content. The same history
     * gives the same ids in every run, and two events of a record never share one.
     *
     * @param previous id of the record's event before, or {@code null} for its first event
     */
    public Fingerprint nextEventId(Fingerprint previous) {
        ArrayNode chain = JsonNodeFactory.instance.arrayNode();
        chain.add(previous == null ? "" : previous.hex()).add(hex());
        return of(new CanonicalJson().add(chain, TextComparison.EXACT));
    }

    /** Reads 32 hexadecimal digits; {@code null} for an empty text. */
    public static Fingerprint parse(String hex) {
        return hex.isEmpty()
                ? null
                : new Fingerprint(
                        HexFormat.fromHexDigitsToLong(hex, 0, 16), HexFormat.fromHexDigitsToLong(hex, 16, 32));
    }

    /** 64 bits over a row that could not be typed. */
    public static long ofRow(JsonNode row, FieldTable fields) {
        return new CanonicalJson().add(row, TextComparison.of(fields)).checksum();
    }

    /** 64 bits over a row as it was sent; only whether a member is null or absent makes no difference. */
    public static long ofSent(JsonNode row) {
        return CanonicalJson.asSent().add(row, TextComparison.EXACT).checksum();
    }

    /** 64 bits over the ids of the lists containing a record. */
    public static long ofLists(ArrayNode lists) {
        return new CanonicalJson().add(lists, TextComparison.UNTYPED).checksum();
    }

    /** The fingerprint as 32 hexadecimal digits. */
    public String hex() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(low);
    }
}
