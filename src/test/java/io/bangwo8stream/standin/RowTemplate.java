package io.bangwo8stream.standin;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A row as JSON text with placeholders for an id and a time, which are filled by copying bytes. */
final class RowTemplate {

    static final String ID = "@id@";
    static final String TIME = "@time@";

    private static final String PLACEHOLDERS = "(?=@id@|@time@)|(?<=@id@)|(?<=@time@)";

    private final List<String> parts;
    private final byte[][] literals;

    RowTemplate(String text) {
        parts = Arrays.asList(text.split(PLACEHOLDERS));
        // A placeholder has no literal.
        literals = parts.stream()
                .map(part -> part.equals(ID) || part.equals(TIME) ? null : part.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }

    byte[] render(String id, String time) {
        byte[] idBytes = id.getBytes(StandardCharsets.US_ASCII);
        byte[] timeBytes = time.getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        for (int i = 0; i < literals.length; i++) {
            byte[] value = parts.get(i).equals(ID) ? idBytes : timeBytes;
            out.writeBytes(literals[i] == null ? value : literals[i]);
        }
        return out.toByteArray();
    }
}
