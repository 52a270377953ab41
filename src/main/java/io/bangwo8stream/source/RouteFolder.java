package io.bangwo8stream.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The folder of {@code bangwo8.routes}, with its subfolders; a ConfigMap mounted by Kubernetes is one. */
final class RouteFolder {

    private final Path folder;

    RouteFolder(String folder) {
        this.folder = Path.of(folder.strip().replaceFirst("^file:", ""));
    }

    /** All files of routes, tables, and files with other endings of YAML. */
    List<RouteFile> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return paths.filter(this::isOffered)
                    .filter(Files::isRegularFile)
                    .map(RouteFolder::read)
                    .toList();
        }
    }

    /** What is wrong with the folder itself; empty where nothing is. */
    List<String> problems(List<RouteFile> files) {
        if (!Files.isDirectory(folder)) {
            return List.of("bangwo8.routes names " + folder + ", which is no folder: name one with files of routes");
        }
        return files.isEmpty()
                ? List.of("bangwo8.routes names " + folder + ", which is empty: put files of routes there whose names"
                        + " end with " + RouteFile.ROUTES + ", or remove the setting")
                : List.of();
    }

    /** A ConfigMap is mounted as links to files in a link {@code ..data}, which is exchanged as a whole. */
    private boolean isOffered(Path path) {
        for (Path part : folder.relativize(path)) {
            if (part.toString().startsWith(".")) {
                return false;
            }
        }
        String name = path.getFileName().toString();
        return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(RouteFile.FIELDS);
    }

    private static RouteFile read(Path path) {
        try {
            return new RouteFile(
                    path.getFileName().toString(),
                    "file:" + path.toAbsolutePath(),
                    Files.readString(path, StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(path + " cannot be read", unreadable);
        }
    }
}
