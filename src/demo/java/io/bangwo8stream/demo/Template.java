package io.bangwo8stream.demo;

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
    private final List<byte[]> literals;

    Template(String text) {
        parts = Arrays.asList(text.split(GAPS));
        literals = parts.stream().map(part -> part.getBytes(StandardCharsets.UTF_8)).toList();
    }

    byte[] render(String id, String time) {
        byte[] idBytes = id.getBytes(StandardCharsets.US_ASCII);
        byte[] timeBytes = time.getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream out = new ByteArrayOutputStream(1536);
        for (int i = 0; i < parts.size(); i++) {
            out.writeBytes(switch (parts.get(i)) {
                case ID -> idBytes;
                case TIME -> timeBytes;
                default -> literals.get(i);
            });
        }
        return out.toByteArray();
    }
}
