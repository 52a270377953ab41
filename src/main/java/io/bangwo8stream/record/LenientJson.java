package io.bangwo8stream.record;

import com.fasterxml.jackson.core.JsonFactory;
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

/** Reads JSON with the vendor's deviations from the standard and writes strict JSON; numbers stay exact. */
public final class LenientJson {
    /** Creates every node of this package; keeps the scale of decimals: 234.00 stays 234.00. */
    static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Equals the default limit on a response, so that a long string alone does not make a page unreadable. */
    private static final int MAX_STRING_LENGTH = 16 * 1024 * 1024;
    /** Far longer than any meaningful number, and short enough to convert in negligible time. */
    static final int MAX_NUMBER_LENGTH = 10_000;

    private static final int MAX_NESTING = 500;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            // The API chooses the member names; interned, they would fill the JVM's string table.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(MAX_STRING_LENGTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .maxNestingDepth(MAX_NESTING)
                    .build())
            .build();
    private static final ObjectWriter WRITER = new ObjectMapper(FACTORY).writer();

    private LenientJson() {}

    /**
     * Reads a stream that contains one document. Accepts comments and trailing commas, which the vendor's documentation
     * contains; if a member is repeated, the last one wins. Leaves the stream open.
     *
     * @throws UnreadableJsonException if the bytes are not a JSON document, are truncated, or continue after it
     * @throws IOException if the stream cannot be read
     */
    public static JsonNode read(InputStream in) throws IOException {
        try (JsonParser parser = FACTORY.createParser(in)) {
            return read(parser);
        }
    }

    /** Reads a document from memory, like {@link #read(InputStream)}. */
    public static JsonNode read(byte[] bytes) throws UnreadableJsonException {
        try (JsonParser parser = FACTORY.createParser(bytes)) {
            return read(parser);
        } catch (UnreadableJsonException e) {
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException("Reading from memory failed", e);
        }
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

    private static JsonNode read(JsonParser parser) throws IOException {
        try {
            if (parser.nextToken() == null) {
                throw new UnreadableJsonException("The JSON document is empty");
            }
            JsonNode document = JsonTree.read(parser);
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
                ? "The JSON document exceeds a limit on nesting, number length or string length"
                : "The document is not JSON";
    }

    private static String position(JsonLocation location) {
        return location == null
                ? "position unknown"
                : "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
