package io.bangwo8stream.kafka;

import io.bangwo8stream.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One broker for all test classes with this extension, stopped after the last of them. */
public final class SharedBroker implements BeforeAllCallback, AutoCloseable {

    private static SharedBroker shared;

    private Path directory;
    private int port;
    private EmbeddedBroker broker;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        if (shared == null) {
            directory = Files.createTempDirectory("broker");
            start();
            shared = this;
            context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).put(SharedBroker.class, this);
        }
    }

    /** The address for {@code kafka.bootstrap.servers}; a restart keeps it. */
    public static String servers() {
        return "127.0.0.1:" + shared.port;
    }

    /** The folder with the partitions of all topics. */
    static Path directory() {
        return shared.directory;
    }

    static void stop() {
        shared.broker.close();
    }

    static void restart() {
        shared.start();
    }

    private void start() {
        broker = EmbeddedBroker.start(directory, port);
        port = Integer.parseInt(broker.bootstrapServers().replaceAll(".*:", ""));
    }

    @Override
    public void close() throws IOException {
        shared = null;
        broker.close();
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        }
    }
}
