package io.bangwo8stream.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Decodes the output of PHP's {@code serialize()} that some custom fields contain.
 *
 * <p>Decodes serialised <em>arrays</em> ({@code a:1:{…}}) only: a scalar such as {@code i:5;} or {@code N;} may be a
 * customer's own text, which must stay as it is.
 */
public final class PhpArrayDecoder {
    private static final int MAX_BYTES = 1024 * 1024;

    private PhpArrayDecoder() {}

    /** Whether a text starts like a serialised array; cheap enough to check for every value. */
    public static boolean isLikelyArray(String text) {
        if (!text.startsWith("a:")) {
            return false;
        }
        int position = 2;
        while (position < text.length() && text.charAt(position) >= '0' && text.charAt(position) <= '9') {
            position++;
        }
        return position > 2 && text.startsWith(":{", position);
    }

    /**
     * Returns the JSON of a serialised array: a JSON array if the keys are 0, 1, 2… in order or there are none,
     * otherwise a JSON object. Empty if the text is not a serialised array, is malformed or continues after its end, or
     * is not supported: objects, references, NAN, INF, more than 64 levels, more than 1 MiB.
     */
    public static Optional<JsonNode> decode(String text) {
        if (!isLikelyArray(text) || text.length() > MAX_BYTES) {
            return Optional.empty();
        }
        try {
            ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            return utf8.remaining() > MAX_BYTES ? Optional.empty() : new PhpReader(utf8.array(), utf8.limit()).read();
        } catch (CharacterCodingException e) {
            // The text contains half of a surrogate pair, so the bytes that PHP counted are lost.
            return Optional.empty();
        }
    }
}
