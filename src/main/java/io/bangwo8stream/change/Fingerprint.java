package io.bangwo8stream.change;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.record.TypedRecord;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The first 128 bits of the SHA-256 of a document's content, independent of the order of members and of whether a
 * number was sent as text.
 */
public record Fingerprint(long high, long low) {

    /** The fingerprint of a document. */
    public static Fingerprint of(JsonNode document) {
        ByteBuffer digest = digest(new CanonicalJson().add(document));
        return new Fingerprint(digest.getLong(), digest.getLong());
    }

    /** 64 bits over a typed row: enough to detect that one row has changed. */
    public static long ofRow(TypedRecord row) {
        return digest(new CanonicalJson().add(row.record()).add(row.labels()).add(row.unparsed()))
                .getLong();
    }

    /** 64 bits over a row that could not be typed. */
    public static long ofRow(JsonNode row) {
        return digest(new CanonicalJson().add(row)).getLong();
    }

    /** The fingerprint as 32 hexadecimal digits. */
    public String hex() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(low);
    }

    private static ByteBuffer digest(CanonicalJson content) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(content.toBytes()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform provides SHA-256", impossible);
        }
    }
}
