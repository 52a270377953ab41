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

/** The one place that says how JSON is read and written: the vendor's looseness in, strict JSON out, numbers exact. */
public final class LenientJson {
    /** Makes every node of this package; it keeps a decimal as it was written: 234.00 stays 234.00. */
    static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** As long as an answer may be, so that one long text does not lose its page. */
    private static final int MAX_STRING_LENGTH = 16 * 1024 * 1024;
    /** Far above any number meant, far below what would take noticeable time to convert. */
    static final int MAX_NUMBER_LENGTH = 10_000;

    private static final int MAX_NESTING = 500;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            // Member names come from outside and must not pile up in the JVM's string table.
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
     * Reads the one document of a stream to its end. Comments and trailing commas are read, as the vendor's pages
     * print them; of a repeated member the last one counts. The stream is left open.
     *
     * @throws UnreadableJsonException when the bytes are no JSON document, are cut off, or go on after it
     * @throws IOException when the stream itself fails
     */
    public static JsonNode read(InputStream in) throws IOException {
        try (JsonParser parser = FACTORY.createParser(in)) {
            return read(parser);
        }
    }

    /** As {@link #read(InputStream)}, from bytes at hand. */
    public static JsonNode read(byte[] bytes) throws UnreadableJsonException {
        try (JsonParser parser = FACTORY.createParser(bytes)) {
            return read(parser);
        } catch (UnreadableJsonException e) {
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException("Reading from memory failed", e);
        }
    }

    /** The UTF-8 bytes of strict JSON, on one line, members in their order. */
    public static byte[] write(JsonNode node) {
        try {
            return WRITER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            // The cause may quote content and is left out on purpose.
            throw new IllegalStateException(
                    "A JSON tree could not be written: " + e.getClass().getSimpleName());
        }
    }

    /** A new empty object whose numbers stay exact. */
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
                        "The JSON document goes on after its end, " + place(parser.currentTokenLocation()));
            }
            return document;
        } catch (JsonProcessingException e) {
            // Jackson's own message quotes what it read, so neither it nor the cause is passed on.
            throw new UnreadableJsonException(mistake(e) + ", " + place(e.getLocation()));
        } catch (CharConversionException e) {
            throw new UnreadableJsonException("The JSON document is not in UTF-8");
        }
    }

    private static String mistake(JsonProcessingException e) {
        if (e instanceof JsonEOFException) {
            return "The JSON document is cut off";
        }
        return e instanceof StreamConstraintsException
                ? "The JSON document goes beyond a limit on nesting, number or text length"
                : "The document is no JSON";
    }

    private static String place(JsonLocation at) {
        return at == null ? "place unknown" : "line " + at.getLineNr() + ", column " + at.getColumnNr();
    }
}
