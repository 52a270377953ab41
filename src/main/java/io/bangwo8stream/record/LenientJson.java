package io.bangwo8stream.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads JSON with the vendor's deviations from the standard and writes strict JSON; numbers stay exact. */
public final class LenientJson {
    /** Creates every node of this package; keeps the scale of decimals: 234.00 stays 234.00. */
    static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** A number with more digits stays a text, because its conversion is costly. */
    static final int MAX_DIGITS = 400;

    /** Values that are nested deeper are not read; see {@link UnusableValue}. */
    static final int MAX_NESTING = 100;

    /** The parser needs memory for each level, also of what is not read. */
    private static final int MAX_SKIPPED_NESTING = 10_000;

    private static final JsonFactory FACTORY = factory(MAX_NESTING).build();

    /** Reads what servers send that build their JSON by hand; it is slower, since it looks at each number twice. */
    private static final JsonFactory TOLERANT_FACTORY = factory(MAX_SKIPPED_NESTING)
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(JsonReadFeature.ALLOW_LEADING_ZEROS_FOR_NUMBERS)
            .enable(JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS)
            .enable(JsonReadFeature.ALLOW_LEADING_DECIMAL_POINT_FOR_NUMBERS)
            .enable(JsonReadFeature.ALLOW_TRAILING_DECIMAL_POINT_FOR_NUMBERS)
            .build();

    private static final ObjectWriter WRITER = new ObjectMapper(FACTORY).writer();
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private LenientJson() {}

    /**
     * Reads a stream that contains one document, like {@link #read(byte[], ReadingLimits)}, and leaves it open.
     *
     * @throws IOException if the stream cannot be read
     */
    public static JsonNode read(InputStream in) throws IOException {
        return read(in.readAllBytes());
    }

    /** Reads a document from memory, like {@link #read(byte[], ReadingLimits)}, of any size. */
    public static JsonNode read(byte[] bytes) throws UnreadableJsonException {
        try {
            return read(bytes, ReadingLimits.NONE);
        } catch (UnreadableJsonException e) {
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException("Reading from memory failed", e);
        }
    }

    /**
     * Reads one document. Accepts comments and trailing commas, which the vendor's documentation contains, and what is
     * no JSON but has one meaning only: control characters in texts, single quotes, the numbers {@code +7}, {@code .5}
     * and {@code 5.}. Reads {@code 007} as a text, and {@code NaN}, infinities and what is nested deeper than 100 levels
     * as an {@link UnusableValue}. If a member is repeated, the last one wins.
     *
     * @throws UnreadableJsonException if the bytes are not a JSON document, are truncated, or continue after it
     * @throws IOException if {@code limits} does not permit to read on
     */
    public static JsonNode read(byte[] bytes, ReadingLimits limits) throws IOException {
        int start = start(bytes);
        try (JsonParser parser = FACTORY.createParser(bytes, start, bytes.length - start)) {
            return read(parser, new JsonTree(parser, limits));
        } catch (UnreadableJsonException notStrict) {
            return readTolerantly(bytes, start, limits);
        }
    }

    private static JsonNode readTolerantly(byte[] bytes, int start, ReadingLimits limits) throws IOException {
        try (JsonParser parser = TOLERANT_FACTORY.createParser(bytes, start, bytes.length - start)) {
            return read(parser, new JsonTree(parser, bytes, start, limits));
        }
    }

    /** Some servers send byte order marks after blank lines; Jackson ignores one at the very beginning. */
    private static int start(byte[] bytes) {
        int start = 0;
        while (start < bytes.length) {
            if (bytes[start] == ' ' || bytes[start] >= '\t' && bytes[start] <= '\r') {
                start++;
            } else if (Arrays.mismatch(BYTE_ORDER_MARK, 0, 3, bytes, start, Math.min(start + 3, bytes.length)) < 0) {
                start += BYTE_ORDER_MARK.length;
            } else {
                break;
            }
        }
        return start;
    }

    /** Returns strict JSON in UTF-8, on one line, with the members in their order. */
    public static byte[] write(JsonNode node) {
        try {
            return WRITER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            // The cause is omitted because it may quote content.
            throw new IllegalStateException(
                    "A JSON tree could not be written: " + e.getClass().getSimpleName());
        }
    }

    /** Returns a new empty object. */
    public static ObjectNode object() {
        return NODES.objectNode();
    }

    private static JsonFactoryBuilder factory(int maxNesting) {
        return (JsonFactoryBuilder) JsonFactory.builder()
                .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
                .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                // The API chooses the member names; interned, they would fill the JVM's string table.
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        // The size of a response is limited, and its numbers are converted up to MAX_DIGITS only.
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNumberLength(Integer.MAX_VALUE)
                        .maxNestingDepth(maxNesting)
                        .build());
    }

    private static JsonNode read(JsonParser parser, JsonTree tree) throws IOException {
        try {
            if (parser.nextToken() == null) {
                throw new UnreadableJsonException("The JSON document is empty");
            }
            JsonNode document = tree.read();
            if (parser.nextToken() != null) {
                throw new UnreadableJsonException(
                        "The JSON document continues after its end, " + position(parser.currentTokenLocation()));
            }
            return document;
        } catch (JsonProcessingException e) {
            // Jackson's message quotes the content, so neither the message nor the cause is passed on.
            throw new UnreadableJsonException(describe(e) + ", " + position(e.getLocation()));
        } catch (CharConversionException e) {
            throw new UnreadableJsonException("The JSON document is not in UTF-8");
        }
    }

    private static String describe(JsonProcessingException e) {
        if (e instanceof JsonEOFException) {
            return "The JSON document is truncated";
        }
        return e instanceof StreamConstraintsException
                ? "The JSON document exceeds a limit on nesting or on the length of a name"
                : "The document is not JSON";
    }

    private static String position(JsonLocation location) {
        return location == null
                ? "position unknown"
                : "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
