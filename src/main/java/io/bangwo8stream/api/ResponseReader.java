package io.bangwo8stream.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.record.ReadingLimits;
import io.bangwo8stream.record.UnreadableJsonException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a body as JSON although its charset is another one, its text is damaged, or PHP has added messages to it. */
final class ResponseReader {

    /** Repairs, as they are named in the log and the metric. */
    static final String MALFORMED_UTF_8 = "malformed-utf-8";

    static final String PHP_MESSAGE = "php-message";

    private static final Pattern CHARSET = Pattern.compile("(?i)charset\\s*=\\s*[\"']?([\\w.:-]+)");

    /** Beginnings of objects in a message of PHP that are tried; each takes a pass over the document. */
    private static final int ATTEMPTS = 5;

    private ResponseReader() {}

    /**
     * Reads the document in {@code body}.
     *
     * @param limits  of its tree
     * @param repairs is called with the kind of each repair
     * @throws UnreadableBodyException when it is no JSON, with what it is instead
     * @throws IOException             when {@code limits} does not permit to read on
     */
    static JsonNode read(byte[] body, ResponseHead head, ReadingLimits limits, Consumer<String> repairs)
            throws IOException {
        try {
            return LenientJson.read(body, limits);
        } catch (UnreadableJsonException unreadable) {
            byte[] decoded = decode(body, head, repairs);
            Optional<JsonNode> document = decoded == body
                    ? readAfterMessage(body, limits, repairs)
                    : Optional.of(read(decoded, head, limits, repairs));
            return document.orElseThrow(() -> new UnreadableBodyException(
                    BodyDescription.of(body, head.contentEncoding(), unreadable.getMessage())));
        }
    }

    /** The body in UTF-8: decoded by the charset of the header, or with U+FFFD in the place of what is malformed. */
    private static byte[] decode(byte[] body, ResponseHead head, Consumer<String> repairs)
            throws UnreadableBodyException {
        Utf8Check utf8 =
                BodyDescription.isCompressed(body, head.contentEncoding()) ? Utf8Check.NONE : Utf8Check.of(body);
        if (utf8.malformed() == 0) {
            return body;
        }
        Optional<Charset> stated = charset(head.contentType());
        if (stated.isEmpty() && utf8.isLikelyGbk(body)) {
            throw new UnreadableBodyException("a text that looks like GBK, whose Content-Type names no charset: "
                    + "the API must send UTF-8, or name the charset");
        }
        if (stated.isEmpty()) {
            repairs.accept(MALFORMED_UTF_8);
        }
        return new String(body, stated.orElse(StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }

    private static Optional<Charset> charset(String contentType) {
        Matcher stated = CHARSET.matcher(contentType);
        try {
            return stated.find()
                    ? Optional.of(Charset.forName(stated.group(1)))
                            .filter(charset -> !charset.equals(StandardCharsets.UTF_8))
                    : Optional.empty();
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return Optional.empty();
        }
    }

    /** PHP prints warnings before the document where its display_errors is on. */
    private static Optional<JsonNode> readAfterMessage(byte[] body, ReadingLimits limits, Consumer<String> repairs)
            throws IOException {
        int from = BodyDescription.isPhpMessage(body) ? objectStart(body, 0) : body.length;
        for (int attempt = 0; attempt < ATTEMPTS && from < body.length; attempt++) {
            try {
                JsonNode document = LenientJson.read(Arrays.copyOfRange(body, from, body.length), limits);
                repairs.accept(PHP_MESSAGE);
                return Optional.of(document);
            } catch (UnreadableJsonException noDocumentHere) {
                from = objectStart(body, from + 1);
            }
        }
        return Optional.empty();
    }

    private static int objectStart(byte[] body, int from) {
        int position = from;
        while (position < body.length && body[position] != '{') {
            position++;
        }
        return position;
    }
}
