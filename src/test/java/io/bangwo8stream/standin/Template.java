package io.bangwo8stream.standin;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A JSON text with gaps for an id and a time, filled by copying bytes. */
final class Template {

    static final String ID = "@id@";
    static final String TIME = "@time@";

    private static final String GAPS = "(?=@id@|@time@)|(?<=@id@)|(?<=@time@)";

    private final List<String> parts;
    private final byte[][] literals;

    Template(String text) {
        parts = Arrays.asList(text.split(GAPS));
        // A gap has no literal.
        literals = parts.stream()
                .map(part -> part.equals(ID) || part.equals(TIME) ? null : part.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }

    byte[] render(String id, String time) {
        byte[] idBytes = id.getBytes(StandardCharsets.US_ASCII);
        byte[] timeBytes = time.getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        for (int i = 0; i < literals.length; i++) {
            byte[] gap = parts.get(i).equals(ID) ? idBytes : timeBytes;
            out.writeBytes(literals[i] == null ? gap : literals[i]);
        }
        return out.toByteArray();
    }
}
