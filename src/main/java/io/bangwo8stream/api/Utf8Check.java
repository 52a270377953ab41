package io.bangwo8stream.api;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * How much of a document is UTF-8.
 *
 * @param malformed number of the malformed parts
 * @param ideographs number of the characters of three or more bytes, such as Chinese ones
 */
record Utf8Check(int malformed, int ideographs) {

    /** Of what is no text. */
    static final Utf8Check NONE = new Utf8Check(0, 0);

    private static final int BUFFER = 8192;

    /** The first character that takes three bytes. */
    private static final int FIRST_OF_THREE_BYTES = 0x800;

    static Utf8Check of(byte[] document) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(document);
        CharBuffer out = CharBuffer.allocate(BUFFER);
        int malformed = 0;
        int ideographs = 0;
        CoderResult result;
        do {
            result = decoder.decode(in, out, true);
            if (result.isError()) {
                malformed++;
                in.position(in.position() + result.length());
            }
            ideographs += (int) out.flip()
                    .chars()
                    .filter(unit -> unit >= FIRST_OF_THREE_BYTES)
                    .count();
            out.clear();
        } while (!result.isUnderflow());
        return new Utf8Check(malformed, ideographs);
    }

    /** Whether {@code document} is Chinese text in GBK or GB18030: in UTF-8, it has no Chinese character at all. */
    boolean isLikelyGbk(byte[] document) {
        if (malformed < 2 || ideographs > 0) {
            return false;
        }
        CharsetDecoder decoder = Charset.forName("GB18030")
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(document);
        CharBuffer out = CharBuffer.allocate(BUFFER);
        CoderResult result;
        do {
            result = decoder.decode(in, out, true);
            out.clear();
        } while (result.isOverflow());
        return !result.isError();
    }
}
