package io.bangwo8stream.crash;

import io.bangwo8stream.process.QuietLogging;
import io.bangwo8stream.standin.StandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One run: injects faults while the help desk changes, waits until all is published, and compares. */
final class CrashRun {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(120);
    private static final Duration SETTLE_TIMEOUT = Duration.ofMinutes(4);
    /** Longer than a sweep and a revisit, so that a duplicate would be published within this time. */
    private static final Duration DUPLICATE_WAIT = Duration.ofSeconds(5);
    /** Of every request, so that a page takes some time. */
    private static final Duration LATENCY = Duration.ofMillis(10);

    private static final int MAX_STEPS = 30_000;

    private final Duration duration;
    private final long seed;
    private final Path directory;

    CrashRun(Duration duration, long seed) {
        this.duration = duration;
        this.seed = seed;
        this.directory = Path.of("target", "crash", Long.toString(seed)).toAbsolutePath();
    }

    Path directory() {
        return directory;
    }

    CrashReport run() throws IOException, InterruptedException {
        QuietLogging.apply();
        prepareDirectory();
        FaultLog faultLog = new FaultLog(directory.resolve("faults.log"));
        try (ActiveHelpDesk desk = new ActiveHelpDesk(seed);
                StandIn api = StandIn.start(desk.desk(), 0);
                TestCluster cluster = new TestCluster(directory, api.baseUri())) {
            api.faults().setLatency(LATENCY);
            Random random = new Random(seed);
            FaultActions actions = new FaultActions(cluster, api, random, faultLog);
            Supervisor supervisor = new Supervisor(cluster, actions, faultLog);
            startProcesses(cluster, actions, supervisor);
            desk.start(Math.max(120, duration.toMillis() / MAX_STEPS));
            new FaultScheduler(actions, cluster, api, random, duration)
                    .runUntil(System.nanoTime() + duration.toNanos());
            desk.stop();
            actions.endAll();
            faultLog.write("all faults ended");
            return settle(desk.timelines(), cluster, actions, supervisor);
        }
    }

    private void prepareDirectory() throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> inside = Files.walk(directory)) {
                for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        Files.createDirectories(directory);
    }

    private void startProcesses(TestCluster cluster, FaultActions actions, Supervisor supervisor)
            throws InterruptedException {
        cluster.broker().start();
        await(START_TIMEOUT, "the broker does not start", () -> cluster.hasLogged("broker", "broker ready"));
        actions.wanted().forEach(ManagedProcess::start);
        supervisor.start();
        await(
                START_TIMEOUT,
                "no instance starts",
                () -> actions.wanted().stream()
                        .anyMatch(product -> cluster.hasLogged(product.name(), "scanned source=")));
    }

    private CrashReport settle(
            Map<String, Timeline> shown, TestCluster cluster, FaultActions actions, Supervisor supervisor)
            throws InterruptedException {
        long faultsEndedAt = System.nanoTime();
        await(START_TIMEOUT, "the broker does not restart", cluster::isBrokerListening);
        try (CommittedEventReader events = new CommittedEventReader(cluster.bootstrapServers(), TestCluster.EVENTS);
                CommittedEventReader deadLetters =
                        new CommittedEventReader(cluster.bootstrapServers(), TestCluster.DEAD_LETTERS)) {
            ConsistencyChecker checker = checker(shown, events);
            while (!checker.lost().isEmpty() && System.nanoTime() - faultsEndedAt < SETTLE_TIMEOUT.toNanos()) {
                Thread.sleep(1_000);
                checker = checker(shown, events);
            }
            Duration settled = Duration.ofNanos(System.nanoTime() - faultsEndedAt);
            Thread.sleep(DUPLICATE_WAIT.toMillis());
            checker = checker(shown, events);
            return new CrashReport(
                    duration,
                    seed,
                    actions.counts(),
                    shown.size(),
                    shown.values().stream()
                            .mapToLong(timeline -> timeline.entries().size())
                            .sum(),
                    events.read().size(),
                    deadLetters.read().size(),
                    supervisor.restarts(),
                    supervisor.unexpectedExits(),
                    settled,
                    checker);
        }
    }

    private static ConsistencyChecker checker(Map<String, Timeline> shown, CommittedEventReader events) {
        return ConsistencyChecker.of(shown, events.events());
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Duration timeout, String failure, Condition condition) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            try {
                if (condition.holds()) {
                    return;
                }
            } catch (IOException notYet) {
                // The loop checks again.
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(failure);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }
}
