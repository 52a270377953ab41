package io.bangwo8stream.crash;

import io.bangwo8stream.broker.EmbeddedBroker;
import io.bangwo8stream.broker.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The broker and the instances of the product, each a process of its own. */
final class TestCluster implements AutoCloseable {

    static final String EVENTS = "bangwo8.remote-records";
    static final String DEAD_LETTERS = "bangwo8.dead-letters";
    private static final int INSTANCES = 3;
    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");

    private final Path directory;
    private final int port = FreePort.any();
    private final ManagedProcess broker;
    private final List<ManagedProcess> products;
    private volatile boolean closed;

    /** @param directory of the broker's data and everybody's log */
    TestCluster(Path directory, URI api) {
        if (!Files.exists(JAR)) {
            throw new IllegalStateException(JAR + " is missing: run 'mvn package' first, in the project's directory");
        }
        this.directory = directory;
        this.broker = new ManagedProcess("broker", this::startBroker);
        this.products = IntStream.rangeClosed(1, INSTANCES)
                .mapToObj(number -> "product-" + number)
                .map(name -> new ManagedProcess(name, () -> startProduct(name, api)))
                .toList();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "end-children"));
    }

    ManagedProcess broker() {
        return broker;
    }

    List<ManagedProcess> products() {
        return products;
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    private Child startBroker() {
        return Child.start(
                List.of(
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EmbeddedBroker.class.getName(),
                        directory.resolve("broker").toString(),
                        Integer.toString(port)),
                Map.of(),
                log("broker"));
    }

    private Child startProduct(String name, URI api) {
        Map<String, String> environment = Map.ofEntries(
                Map.entry("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers()),
                Map.entry("BANGWO8_BASE_URL", api.toString()),
                Map.entry("BANGWO8_ACCOUNT", "demo"),
                Map.entry("BANGWO8_PASSWORD", "demo"),
                // Several pages hold something new at any time.
                Map.entry("BANGWO8_PER_PAGE", "20"),
                Map.entry("BANGWO8_POLL_INTERVAL", "1s"),
                Map.entry("BANGWO8_SWEEP_INTERVAL", "3s"),
                Map.entry("BANGWO8_REVISIT_AFTER", "2s,4s," + Rules.LAST_REVISIT.toSeconds() + "s"),
                Map.entry("BANGWO8_REQUESTS_PER_SECOND", "0"),
                Map.entry("BANGWO8_RETRY_DELAY", "100ms"),
                // The port that the kernel gives is free for sure.
                Map.entry("QUARKUS_MANAGEMENT_PORT", "0"),
                // What is compared are the records themselves.
                Map.entry("BANGWO8_SOURCES", "remote-records"),
                Map.entry("BANGWO8_PROBLEM_TYPE_LABELS", "false"));
        return Child.start(
                List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", JAR.toString()),
                environment,
                log(name));
    }

    private Path log(String name) {
        return directory.resolve(name + ".log");
    }

    /** Whether a line of its log holds {@code text}. */
    boolean says(String name, String text) {
        return count(name, text) > 0;
    }

    /** How many lines of its log the pattern is found in. */
    long count(String name, String pattern) {
        if (!Files.exists(log(name))) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(log(name))) {
            return lines.filter(Pattern.compile(pattern).asPredicate()).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether somebody listens on the broker's port. */
    boolean isBrokerThere() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        }
    }

    /** The instance that wrote to its log last, which is mostly the one that leads. */
    ManagedProcess busiest(List<ManagedProcess> among) {
        return among.stream()
                .max(Comparator.comparing(
                        process -> log(process.name()).toFile().lastModified()))
                .orElseThrow();
    }

    boolean isClosed() {
        return closed;
    }

    /** Kills every process that is left. */
    @Override
    public void close() {
        closed = true;
        try {
            for (ManagedProcess product : products) {
                product.kill();
            }
            broker.kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
