package io.bangwo8stream.record;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Contains the fields of one kind of vendor record, in the order of the vendor's documentation. */
public final class FieldTable {
    private final Map<String, Field> fields;

    FieldTable(Map<String, Field> fields) {
        this.fields = fields;
    }

    /**
     * Reads a table: one JSON object (comments are allowed) with a member such as
     * {@code "csStat": {"type": "tinyint", "codes": {"0": "无效", "1": "服务中"}}} for each field. Types have the
     * vendor's names; {@code "codes": {}} marks a field whose codes the account defines.
     *
     * @param name the file's name, for error messages
     * @throws InvalidFieldTableException if the content is not such a table
     * @throws IOException if the stream cannot be read
     */
    public static FieldTable read(String name, InputStream in) throws IOException {
        return FieldTableReader.read(name, in);
    }

    /**
     * Returns a table that is packaged with the product: {@code remote-record}, {@code chat-message},
     * {@code service-summary}, {@code ticket} or {@code ticket-view}.
     *
     * @throws IllegalArgumentException if the product has no table of that name
     */
    public static FieldTable bundled(String name) {
        String path = "fields/" + name + ".json";
        try (InputStream in = FieldTable.class.getClassLoader().getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalArgumentException("The product contains no field table " + path);
            }
            return read(path, in);
        } catch (IOException e) {
            throw new UncheckedIOException("Field table " + path + " cannot be read", e);
        }
    }

    /** Whether the table gives {@code field} a type whose values are texts. */
    public boolean isText(String field) {
        Field found = find(field);
        return found != null && found.type().isText();
    }

    /** Whether the table contains {@code field}. */
    public boolean has(String field) {
        return fields.containsKey(field);
    }

    /** The names of all fields. */
    public Collection<String> names() {
        return Collections.unmodifiableCollection(fields.keySet());
    }

    Collection<Field> fields() {
        return Collections.unmodifiableCollection(fields.values());
    }

    /** Returns the field of that name, or {@code null} if there is none: an Optional per field and row is costly. */
    Field find(String field) {
        return fields.get(field);
    }

    /** Returns what the table does not say of a typed row: a kind, such as {@code unknown-field}, for each such field. */
    public Map<String, String> drift(TypedRecord typed) {
        Map<String, String> drift = new TreeMap<>();
        typed.record().properties().forEach(entry -> {
            String name = entry.getKey();
            Field field = find(name);
            if (field == null) {
                drift.put(name, "unknown-field");
            } else if (typed.unparsed().has(name)) {
                drift.put(name, "unparsed");
            } else if (!field.codes().isEmpty()
                    && entry.getValue().isNumber()
                    && !typed.labels().has(name)) {
                drift.put(name, "unknown-code");
            }
        });
        return drift;
    }
}
