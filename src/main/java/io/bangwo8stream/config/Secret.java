package io.bangwo8stream.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.logging.Logger;

/** A password, or the secret of a client: given as a setting, or in a file that may change while the process runs. */
public sealed interface Secret {

    /** Returns the secret as it is now. */
    String value();

    /** A secret that a setting contains. */
    record Given(String value) implements Secret {

        @Override
        public String toString() {
            return "Secret";
        }
    }

    /** A secret in a file, such as one that Kubernetes mounts and exchanges; read at each use, because it is short. */
    final class InFile implements Secret {

        private static final Logger LOG = Logger.getLogger(Secret.class);
        private static final int LONGEST = 8_192;

        private final String key;
        private final Path file;
        private volatile String last;
        private volatile boolean reported;

        /**
         * @param key the setting that names the file
         * @throws IllegalArgumentException when the file cannot be read, or is empty
         */
        InFile(String key, Path file) {
            this.key = key;
            this.file = file;
            try {
                last = read();
            } catch (IOException | UncheckedIOException unreadable) {
                throw new IllegalArgumentException("this file cannot be read: name one that exists and is readable");
            }
            if (last.isEmpty()) {
                throw new IllegalArgumentException("this file is empty: write the secret into it");
            }
        }

        /** Returns the content without the end of its line; the last one while the file is absent or being written. */
        @Override
        public String value() {
            try {
                String now = read();
                if (!now.isEmpty()) {
                    last = now;
                    reported = false;
                }
            } catch (IOException | UncheckedIOException unreadable) {
                if (!reported) {
                    reported = true;
                    LOG.warnf(
                            "secret-unreadable key=%s file=%s: the last content is used; make the file readable again",
                            key, file);
                }
            }
            return last;
        }

        private String read() throws IOException {
            try (var content = Files.newInputStream(file)) {
                return new String(content.readNBytes(LONGEST), StandardCharsets.UTF_8).strip();
            }
        }

        @Override
        public String toString() {
            return "Secret[" + file + "]";
        }
    }
}
