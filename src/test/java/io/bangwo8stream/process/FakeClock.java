package io.bangwo8stream.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The wall clock of one process, which Debian's package {@code faketime} can set while the process runs. */
public final class FakeClock {

    private static final Path LIBRARIES = Path.of("/usr/lib");
    /** Not the one for many threads: it reads the file whenever it is asked for the time. */
    private static final String LIBRARY = "faketime/libfaketime.so.1";

    private final Path library;
    private final Path file;

    /** @param file into which the offset is written */
    private FakeClock(Path library, Path file) {
        this.library = library;
        this.file = file;
        set(Duration.ZERO);
    }

    /** A clock, which agrees with that of the machine; empty where the package is not installed. */
    public static Optional<FakeClock> in(Path file) {
        return library().map(library -> new FakeClock(library, file));
    }

    private static Optional<Path> library() {
        try (DirectoryStream<Path> architectures =
                Files.newDirectoryStream(LIBRARIES, directory -> Files.exists(directory.resolve(LIBRARY)))) {
            Iterator<Path> found = architectures.iterator();
            return found.hasNext() ? Optional.of(found.next().resolve(LIBRARY)) : Optional.empty();
        } catch (IOException noSuchDirectory) {
            return Optional.empty();
        }
    }

    /** Sets how far the clock is ahead of that of the machine; the process sees it within a second. */
    public void set(Duration ahead) {
        try {
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.writeString(next, String.format(Locale.ROOT, "%+d%n", ahead.toSeconds()));
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The environment of the process. Its monotonic clock, and so every pause, stays true. */
    public Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD", library.toString(),
                "FAKETIME_TIMESTAMP_FILE", file.toString(),
                "FAKETIME_CACHE_DURATION", "1",
                "DONT_FAKE_MONOTONIC", "1",
                // With the fix, which is for older systems, Object.wait returns at once.
                "FAKETIME_FORCE_MONOTONIC_FIX", "0",
                "NO_FAKE_STAT", "1");
    }
}
