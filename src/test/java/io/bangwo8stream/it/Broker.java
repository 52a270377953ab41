package io.bangwo8stream.it;

import io.bangwo8stream.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The Kafka broker that all tests of a run share; it starts when a test first uses it. */
final class Broker {

    private static final EmbeddedBroker RUNNING = start();

    private Broker() {}

    static String bootstrapServers() {
        return RUNNING.bootstrapServers();
    }

    private static EmbeddedBroker start() {
        try {
            EmbeddedBroker broker = EmbeddedBroker.start(
                    Files.createTempDirectory(Path.of("target").toAbsolutePath(), "it-broker-"), 0);
            Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "stop-broker"));
            return broker;
        } catch (IOException e) {
            throw new UncheckedIOException("target/ cannot be written", e);
        }
    }
}
