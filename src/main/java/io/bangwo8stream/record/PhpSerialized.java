package io.bangwo8stream.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Decodes the strings of PHP's {@code serialize()} that the vendor leaves in custom fields.
 *
 * <p>Only a serialised <em>array</em> ({@code a:1:{…}}) is taken for one: scalars such as {@code i:5;} or {@code N;}
 * may be a customer's own text and would be changed without need.
 */
public final class PhpSerialized {
    private static final int MAX_BYTES = 1024 * 1024;

    private PhpSerialized() {}

    /** Whether a text starts as a serialised array does; cheap enough to ask of every value. */
    public static boolean isLikely(String text) {
        if (!text.startsWith("a:")) {
            return false;
        }
        int at = 2;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at > 2 && text.startsWith(":{", at);
    }

    /**
     * The JSON of a serialised array: keys 0, 1, 2… in order give an array (so does the empty one), other keys an
     * object. Empty when the text is no serialised array, is malformed or goes on after its end, and for what JSON
     * cannot hold or we will not build: objects, references, NAN, INF, more than 64 levels, more than 1 MiB.
     */
    public static Optional<JsonNode> decode(String text) {
        if (!isLikely(text) || text.length() > MAX_BYTES) {
            return Optional.empty();
        }
        try {
            ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            return utf8.remaining() > MAX_BYTES
                    ? Optional.empty()
                    : new PhpReader(utf8.array(), utf8.limit()).document();
        } catch (CharacterCodingException e) {
            // Half of a surrogate pair: PHP counted bytes that this text no longer has.
            return Optional.empty();
        }
    }
}
