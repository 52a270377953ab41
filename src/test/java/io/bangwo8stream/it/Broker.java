package io.bangwo8stream.it;

import io.bangwo8stream.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** The Kafka broker that all tests of a run share; it starts when a test first uses it. */
final class Broker {

    private static final Path DIRECTORY = createDirectory();
    private static EmbeddedBroker running = EmbeddedBroker.start(DIRECTORY, 0);

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> running.close(), "stop-broker"));
    }

    private Broker() {}

    static String bootstrapServers() {
        return running.bootstrapServers();
    }

    /** Stops the broker, and starts it again with its topics after {@code meanwhile}. */
    static void whileStopped(Runnable meanwhile) {
        int port = URI.create("kafka://" + bootstrapServers()).getPort();
        running.close();
        try {
            meanwhile.run();
        } finally {
            running = EmbeddedBroker.start(DIRECTORY, port);
        }
    }

    private static Path createDirectory() {
        try {
            return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "it-broker-");
        } catch (IOException e) {
            throw new UncheckedIOException("target/ cannot be written", e);
        }
    }
}
