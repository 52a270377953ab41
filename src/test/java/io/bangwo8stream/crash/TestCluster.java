package io.bangwo8stream.crash;

import io.bangwo8stream.broker.EmbeddedBroker;
import io.bangwo8stream.broker.FreePort;
import io.bangwo8stream.process.JavaProcess;
import io.bangwo8stream.process.PackagedProduct;
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

/** The broker and the instances of the product, each in a process of its own. */
final class TestCluster implements AutoCloseable {

    static final String EVENTS = "bangwo8.remote-records";
    static final String DEAD_LETTERS = "bangwo8.dead-letters";
    private static final int INSTANCES = 3;
    private static final List<String> JVM_OPTIONS = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final Path directory;
    private final int port = FreePort.any();
    private final ManagedProcess broker;
    private final List<ManagedProcess> products;
    private volatile boolean closed;

    /** @param directory of the broker's data and of the logs of all processes */
    TestCluster(Path directory, URI api) {
        PackagedProduct.requireBuilt();
        this.directory = directory;
        this.broker = new ManagedProcess("broker", this::startBroker);
        this.products = IntStream.rangeClosed(1, INSTANCES)
                .mapToObj(number -> "product-" + number)
                .map(name -> new ManagedProcess(name, () -> startProduct(name, api)))
                .toList();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "end-processes"));
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

    private JavaProcess startBroker() {
        return JavaProcess.ofClass(EmbeddedBroker.class)
                .options(JVM_OPTIONS)
                .arguments(directory.resolve("broker").toString(), Integer.toString(port))
                .clearEnvironment()
                .appendOutputTo(log("broker"))
                .start();
    }

    private JavaProcess startProduct(String name, URI api) {
        Map<String, String> environment = Map.ofEntries(
                Map.entry("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers()),
                Map.entry("BANGWO8_BASE_URL", api.toString()),
                Map.entry("BANGWO8_ACCOUNT", "demo"),
                Map.entry("BANGWO8_PASSWORD", "demo"),
                // At any time several pages contain changes.
                Map.entry("BANGWO8_PER_PAGE", "20"),
                Map.entry("BANGWO8_POLL_INTERVAL", "1s"),
                Map.entry("BANGWO8_SWEEP_INTERVAL", "3s"),
                Map.entry("BANGWO8_REVISIT_AFTER", "2s,4s," + CrashTimings.LAST_REVISIT.toSeconds() + "s"),
                Map.entry("BANGWO8_REQUESTS_PER_SECOND", "0"),
                Map.entry("BANGWO8_RETRY_DELAY", "100ms"),
                // The kernel chooses a free port.
                Map.entry("QUARKUS_MANAGEMENT_PORT", "0"),
                // The harness compares the records themselves, without other sources and labels.
                Map.entry("BANGWO8_SOURCES", "remote-records"),
                // The checker does not know deletions yet, and a fault of the API removes records.
                Map.entry("BANGWO8_DELETIONS", "false"),
                Map.entry("BANGWO8_PROBLEM_TYPE_LABELS", "false"));
        return PackagedProduct.process()
                .options(JVM_OPTIONS)
                .clearEnvironment()
                .environment(environment)
                .appendOutputTo(log(name))
                .start();
    }

    private Path log(String name) {
        return directory.resolve(name + ".log");
    }

    /** Whether the pattern is found in a line of the log of the process. */
    boolean hasLogged(String name, String pattern) {
        return countLogLines(name, pattern) > 0;
    }

    /** The number of lines in the log of the process in which the pattern is found. */
    long countLogLines(String name, String pattern) {
        if (!Files.exists(log(name))) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(log(name))) {
            return lines.filter(Pattern.compile(pattern).asPredicate()).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a process listens on the broker's port. */
    boolean isBrokerListening() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        }
    }

    /** The instance that wrote to its log last, which is mostly the leader. */
    ManagedProcess lastToLog(List<ManagedProcess> processes) {
        return processes.stream()
                .max(Comparator.comparing(
                        process -> log(process.name()).toFile().lastModified()))
                .orElseThrow();
    }

    boolean isClosed() {
        return closed;
    }

    /** Kills all processes. */
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
