package io.bangwo8stream.it;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.standin.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A directory with responses of the API and the expected events; its name describes the behaviour under test. */
record Case(Path directory) {

    private static final Path CASES = Path.of("src/test/resources/cases");

    /** The cases of a kind, sorted by name. */
    static List<Case> all(String kind) {
        try (Stream<Path> directories = Files.list(CASES.resolve(kind))) {
            return directories.sorted().map(Case::new).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean has(String file) {
        return Files.exists(directory.resolve(file));
    }

    String text(String file) {
        try {
            return Files.readString(directory.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " of the case " + this + " cannot be read", e);
        }
    }

    JsonNode json(String file) {
        return Json.read(text(file));
    }

    /** All files of the case, as paths relative to its directory. */
    List<String> files() {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return directory.getFileName().toString();
    }
}
