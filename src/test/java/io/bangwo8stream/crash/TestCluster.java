package io.bangwo8stream.crash;

import io.bangwo8stream.broker.EmbeddedBroker;
import io.bangwo8stream.broker.FreePort;
import io.bangwo8stream.process.JavaProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The broker and the instances of the product, each in a process of its own. */
final class TestCluster implements AutoCloseable {

    static final String EVENTS = "bangwo8.remote-records";
    static final String TICKETS = "bangwo8.tickets";
    static final String STATE = "bangwo8.state";
    static final String DEAD_LETTERS = "bangwo8.dead-letters";
    private static final int INSTANCES = 3;

    private final Path directory;
    private final int port = FreePort.any();
    private final WorldClock world;
    private final EditedRoutes routes;
    private final ProductLauncher launcher;
    private final ManagedProcess broker;
    private final List<ManagedProcess> products;
    private volatile boolean closed;

    /** @param directory of the broker's data, of the routes, and of the logs of all processes */
    TestCluster(Path directory, URI api, WorldClock world, LocalDate startDate) {
        this.directory = directory;
        this.world = world;
        this.routes = new EditedRoutes(directory.resolve("routes"));
        this.launcher = new ProductLauncher(bootstrapServers(), api, startDate, routes.folder());
        this.broker = new ManagedProcess("broker", this::startBroker);
        this.products = IntStream.rangeClosed(1, INSTANCES)
                .mapToObj(number -> "product-" + number)
                .map(name -> new ManagedProcess(name, () -> launcher.start(log(name), world.environmentOf(name))))
                .toList();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "end-processes"));
    }

    ManagedProcess broker() {
        return broker;
    }

    EditedRoutes routes() {
        return routes;
    }

    List<ManagedProcess> products() {
        return products;
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    private JavaProcess startBroker() {
        return JavaProcess.ofClass(EmbeddedBroker.class)
                .options(ProductLauncher.JVM_OPTIONS)
                .arguments(directory.resolve("broker").toString(), Integer.toString(port))
                .clearEnvironment()
                .appendOutputTo(log("broker"))
                .start();
    }

    /** Starts one more instance, which scans once. */
    JavaProcess startOnce(String name) {
        Map<String, String> settings = new HashMap<>(world.environmentOf(name));
        settings.put("BANGWO8_ONCE", "true");
        return launcher.start(log(name), settings);
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
