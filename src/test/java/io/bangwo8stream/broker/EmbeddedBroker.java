package io.bangwo8stream.broker;

import io.bangwo8stream.process.QuietLogging;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A real Kafka broker and controller in one node, on the loopback interface, with transactions and with its data in
 * one directory.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private final KafkaRaftServer server;
    private final int port;

    private EmbeddedBroker(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts a broker. Formats the directory when it contains no broker's data yet; continues with the data of a killed
     * broker.
     *
     * @param logDir the directory of the topics, created when missing
     * @param port   the port for clients, or 0 for a free one
     */
    public static EmbeddedBroker start(Path logDir, int port) {
        return start(logDir, port, Map.of());
    }

    /** Starts a broker likewise, with other settings than the usual ones, or more of them. */
    public static EmbeddedBroker start(Path logDir, int port, Map<String, String> changes) {
        QuietLogging.apply();
        int clients = FreePort.orRequested(port);
        Map<String, String> settings = BrokerSettings.of(logDir, clients, FreePort.any());
        settings.putAll(changes);
        if (!Files.exists(logDir.resolve("meta.properties"))) {
            format(logDir);
        }
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
        server.startup();
        return new EmbeddedBroker(server, clients);
    }

    private static void format(Path logDir) {
        try {
            Files.createDirectories(logDir);
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setNodeId(BrokerSettings.NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                    .addDirectory(logDir.toString())
                    .setMetadataLogDirectory(logDir.toString())
                    .run();
        } catch (IOException e) {
            throw new UncheckedIOException("the broker's directory " + logDir + " cannot be written", e);
        } catch (Exception e) {
            throw new IllegalStateException("the broker's directory " + logDir + " cannot be formatted", e);
        }
    }

    /** The address for {@code kafka.bootstrap.servers}, as {@code 127.0.0.1:port}. */
    public String bootstrapServers() {
        return BrokerSettings.HOST + ":" + port;
    }

    /** Stops the broker and waits until it has stopped; keeps its directory. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    /**
     * Runs a broker in a process of its own until it is killed; prints one line when it is ready.
     *
     * @param args the directory and, optionally, the port; a free port by default
     */
    public static void main(String[] args) {
        if (args.length < 1) {
            throw new IllegalArgumentException("arguments: <directory> [port]");
        }
        EmbeddedBroker broker = start(Path.of(args[0]), args.length > 1 ? Integer.parseInt(args[1]) : 0);
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "stop-broker"));
        System.out.println("broker ready bootstrap.servers=" + broker.bootstrapServers());
        broker.server.awaitShutdown();
    }
}
