package io.bangwo8stream.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/** Writes each injected fault with its time to a file, to be compared with the logs of the processes. */
final class FaultLog {

    private final Path file;

    FaultLog(Path file) {
        this.file = file;
    }

    synchronized void write(String line) {
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
