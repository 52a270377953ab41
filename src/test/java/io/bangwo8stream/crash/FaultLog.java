package io.bangwo8stream.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/** Says in a file what was done when, to be read beside the logs of those whom it was done to. */
final class FaultLog {

    private final Path file;

    FaultLog(Path file) {
        this.file = file;
    }

    synchronized void note(String line) {
        try {
            Files.writeString(
                    file,
                    Instant.now() + " " + line + System.lineSeparator(),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
