package io.bangwo8stream.demo;

import io.bangwo8stream.broker.EmbeddedBroker;
import io.bangwo8stream.broker.FreePort;
import io.bangwo8stream.process.PackagedProduct;
import io.bangwo8stream.process.QuietLogging;
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
 * Runs the packaged product against a broker and a stand-in of the API whose records change, and prints every event as
 * one line until Ctrl-C. With the argument {@code events=N} the demo ends after N events.
 */
public final class Demo {

    private static final Path LOG = Path.of("target", "demo-product.log");
    private static final int RECORDS = 300;
    private static final long SEED = 8;
    private static final Duration ACTIVITY_INTERVAL = Duration.ofSeconds(2);

    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final CountDownLatch missingEvents;
    private volatile boolean closed;

    private Demo(int events) {
        missingEvents = new CountDownLatch(events);
    }

    /** Runs until Ctrl-C or until {@code events=N} events are printed; exit code 1 when the product ends first. */
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
        PackagedProduct.requireBuilt();
        Path directory = Files.createTempDirectory("bangwo8-demo");
        opened(() -> delete(directory));
        EmbeddedBroker broker = opened(EmbeddedBroker.start(directory.resolve("broker"), 0));
        StandIn standIn = opened(StandIn.start(HelpDesk.realistic(RECORDS, SEED, Clock.systemUTC()), 0));
        opened(StandInOptions.startActivity(standIn.desk(), ACTIVITY_INTERVAL)::shutdownNow);
        int managementPort = FreePort.any();
        printIntroduction(broker.bootstrapServers(), standIn.baseUri().toString(), managementPort);
        opened(new EventTail(broker.bootstrapServers(), event -> {
            System.out.println(EventLine.of(event));
            missingEvents.countDown();
        }));
        DemoProduct product = opened(
                DemoProduct.start(broker.bootstrapServers(), standIn.baseUri(), managementPort, LOG.toAbsolutePath()));
        return waitFor(product);
    }

    private static void printIntroduction(String broker, String api, int managementPort) {
        System.out.println(String.join(
                System.lineSeparator(),
                List.of(
                        "Bangwo8 Stream demo: " + RECORDS + " records, which change every "
                                + ACTIVITY_INTERVAL.toSeconds() + " s. Ctrl-C ends the demo. The product's log: " + LOG,
                        "  kcat -C -b " + broker + " -t bangwo8.remote-records -X isolation.level=read_committed"
                                + " -f '%k %h %s\\n'",
                        "  curl -u demo:demo '" + api + "/api/v1/remoterecord/histories.json?per_page=2'",
                        "  curl " + api + "/_standin/requests",
                        "  curl -d '{\"kind\":\"status\",\"number\":503,\"times\":20}' " + api + "/_standin/faults",
                        "  curl http://127.0.0.1:" + managementPort + "/q/health")));
    }

    private int waitFor(DemoProduct product) {
        CompletableFuture<Void> allPrinted = CompletableFuture.runAsync(this::awaitEvents);
        CompletableFuture.anyOf(allPrinted, product.ended()).join();
        if (closed || missingEvents.getCount() == 0) {
            return 0;
        }
        System.out.println("The product ended with exit code " + product.ended().join() + "; see " + LOG);
        return 1;
    }

    private void awaitEvents() {
        try {
            missingEvents.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized <T extends AutoCloseable> T opened(T resource) {
        running.push(resource);
        if (closed) {
            // Ctrl-C was pressed while this resource started.
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
                System.err.println("error while the demo ends: " + e);
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
