package io.bangwo8stream.command;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;

/** Identifies the content of the route files: instances with the same routes have the same revision. */
@Singleton
class RoutesRevision {

    private static final int BYTES = 6;

    private final RouteFiles files;
    private final CamelContext context;

    RoutesRevision(RouteFiles files, CamelContext context) {
        this.files = files;
        this.context = context;
    }

    /** The first 12 hexadecimal digits of a hash of all files, by name. */
    String text() {
        Map<String, Resource> byName = new TreeMap<>();
        files.all(context).forEach(file -> byName.put(RouteFiles.name(file), file));
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            for (Map.Entry<String, Resource> file : byName.entrySet()) {
                hash.update(file.getKey().getBytes(StandardCharsets.UTF_8));
                try (InputStream content = file.getValue().getInputStream()) {
                    hash.update(content.readAllBytes());
                }
            }
            return HexFormat.of().formatHex(hash.digest(), 0, BYTES);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("a route file cannot be read", unreadable);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JVM has SHA-256", impossible);
        }
    }
}
