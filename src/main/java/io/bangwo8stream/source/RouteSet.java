package io.bangwo8stream.source;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All files of routes that belong together, read at one moment.
 *
 * @param routes   the files of routes, by name
 * @param tables   the tables of fields beside them, by their names without {@code .fields.json}
 * @param ignored  files that look like routes, but whose names do not end so
 * @param problems what is wrong with the folders themselves
 */
public record RouteSet(
        List<RouteFile> routes, Map<String, RouteFile> tables, List<String> ignored, List<String> problems) {

    private static final int BYTES_OF_REVISION = 6;

    public RouteSet {
        routes = routes.stream().sorted(Comparator.comparing(RouteFile::name)).toList();
    }

    /** The table of fields called {@code name}; empty where only a packaged one may have that name. */
    public Optional<RouteFile> table(String name) {
        return Optional.ofNullable(tables.get(name));
    }

    /** Identifies the content: the first 12 hexadecimal digits of a hash of all files, by name. */
    public String revision() {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            Stream.concat(routes.stream(), tables.values().stream().sorted(Comparator.comparing(RouteFile::name)))
                    .forEach(file -> {
                        hash.update(file.name().getBytes(StandardCharsets.UTF_8));
                        hash.update(file.bytes());
                    });
            return HexFormat.of().formatHex(hash.digest(), 0, BYTES_OF_REVISION);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JVM has SHA-256", impossible);
        }
    }
}
