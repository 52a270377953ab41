package io.bangwo8stream.demo;

import io.bangwo8stream.broker.EmbeddedBroker;
import io.bangwo8stream.broker.FreePort;
import io.bangwo8stream.standin.HelpDesk;
import io.bangwo8stream.standin.StandIn;
import io.bangwo8stream.standin.StandInOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * The product at work on a living help desk: a stand-in of the API, a broker, the packaged product, and every event
 * as one line, until Ctrl-C. With the argument {@code events=N} it ends by itself after N events.
 */
public final class Demo {

    private static final Path LOG = Path.of("target", "demo-product.log");
    private static final int RECORDS = 300;
    private static final long SEED = 8;
    private static final Duration STEP_OF_LIFE = Duration.ofSeconds(2);

    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final CountDownLatch wanted;
    private volatile boolean closed;

    private Demo(int events) {
        wanted = new CountDownLatch(events);
    }

    /** Runs until Ctrl-C, or until so many events were printed; exit code 1 when the product ended before. */
    public static void main(String[] args) {
        QuietLogging.apply();
        int exitCode = 1;
        try {
            Demo demo = new Demo(events(args));
            Runtime.getRuntime().addShutdownHook(new Thread(demo::close, "stop-demo"));
            exitCode = demo.run();
        } catch (IOException | RuntimeException e) {
            System.err.println(e.getMessage());
        }
        System.exit(exitCode);
    }

    static int events(String... args) {
        if (args.length == 0) {
            return Integer.MAX_VALUE;
        }
        if (args.length > 1 || !args[0].matches("events=[1-9]\\d{0,8}")) {
            throw new IllegalArgumentException("the only argument is events=N, got: " + String.join(" ", args));
        }
        return Integer.parseInt(args[0].substring("events=".length()));
    }

    private int run() throws IOException {
        Product.requirePackaged();
        Path directory = Files.createTempDirectory("bangwo8-demo");
        opened(() -> delete(directory));
        EmbeddedBroker broker = opened(EmbeddedBroker.start(directory.resolve("broker"), 0));
        StandIn standIn = opened(StandIn.start(HelpDesk.lifelike(RECORDS, SEED, Clock.systemUTC()), 0));
        opened(StandInOptions.keepAlive(standIn.desk(), STEP_OF_LIFE)::shutdownNow);
        int managementPort = FreePort.any();
        introduce(broker.bootstrapServers(), standIn.baseUri().toString(), managementPort);
        opened(new EventTail(broker.bootstrapServers(), event -> {
            System.out.println(EventLine.of(event));
            wanted.countDown();
        }));
        Product product = opened(
                Product.start(broker.bootstrapServers(), standIn.baseUri(), managementPort, LOG.toAbsolutePath()));
        return waitFor(product);
    }

    private static void introduce(String broker, String api, int managementPort) {
        System.out.println(String.join(
                System.lineSeparator(),
                List.of(
                        "Bangwo8 Stream demo: " + RECORDS + " records, something happens every "
                                + STEP_OF_LIFE.toSeconds() + " s. Ctrl-C ends it. The product's log: " + LOG,
                        "  kcat -C -b " + broker + " -t bangwo8.remote-records -X isolation.level=read_committed"
                                + " -f '%k %h %s\\n'",
                        "  curl -u demo:demo '" + api + "/api/v1/remoterecord/histories.json?per_page=2'",
                        "  curl " + api + "/_standin/requests",
                        "  curl -d '{\"kind\":\"status\",\"number\":503,\"times\":20}' " + api + "/_standin/faults",
                        "  curl http://127.0.0.1:" + managementPort + "/q/health")));
    }

    private int waitFor(Product product) {
        CompletableFuture<Void> enough = CompletableFuture.runAsync(this::awaitEvents);
        CompletableFuture.anyOf(enough, product.ended()).join();
        if (closed || wanted.getCount() == 0) {
            return 0;
        }
        System.out.println("The product ended with exit code " + product.ended().join() + "; see " + LOG);
        return 1;
    }

    private void awaitEvents() {
        try {
            wanted.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized <T extends AutoCloseable> T opened(T resource) {
        running.push(resource);
        if (closed) {
            // Ctrl-C came while this was starting.
            closeAll();
        }
        return resource;
    }

    private synchronized void close() {
        closed = true;
        closeAll();
    }

    private void closeAll() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                System.err.println("while ending the demo: " + e);
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> inside = Files.walk(directory)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
