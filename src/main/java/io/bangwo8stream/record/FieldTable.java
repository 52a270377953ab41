package io.bangwo8stream.record;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;

/** The fields of one kind of vendor record, in the order of the vendor's table. */
public final class FieldTable {
    private final Map<String, Field> fields;

    FieldTable(Map<String, Field> fields) {
        this.fields = fields;
    }

    /**
     * Reads a table: one JSON object (comments allowed) of lines such as
     * {@code "csStat": {"type": "tinyint", "codes": {"0": "无效", "1": "服务中"}}}. Types are the vendor's words;
     * {@code "codes": {}} marks a field whose codes the account defines.
     *
     * @param name the file's name, for messages
     * @throws BrokenFieldTableException when the content is not such a table
     * @throws IOException when the stream fails
     */
    public static FieldTable read(String name, InputStream in) throws IOException {
        return FieldTableReader.read(name, in);
    }

    /**
     * A table that comes with the product: {@code remote-record}, {@code chat-message}, {@code service-summary},
     * {@code ticket} or {@code ticket-view}.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    public static FieldTable bundled(String name) {
        String path = "fields/" + name + ".json";
        try (InputStream in = FieldTable.class.getClassLoader().getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalArgumentException("There is no field table " + path + " in this build");
            }
            return read(path, in);
        } catch (IOException e) {
            throw new UncheckedIOException("Field table " + path + " cannot be read", e);
        }
    }

    Collection<Field> fields() {
        return Collections.unmodifiableCollection(fields.values());
    }

    /** The field of that name, or {@code null} when the table does not know it; no Optional on the hot path. */
    Field find(String field) {
        return fields.get(field);
    }
}
