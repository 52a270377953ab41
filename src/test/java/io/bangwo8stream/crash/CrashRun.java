package io.bangwo8stream.crash;

import io.bangwo8stream.demo.QuietLogging;
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

/** One run: a living help desk, trouble, quiet, and the comparison. */
final class CrashRun {

    private static final Duration START = Duration.ofSeconds(120);
    private static final Duration SETTLE = Duration.ofMinutes(4);
    /** Longer than a sweep and a revisit: what would come twice has come by then. */
    private static final Duration QUIET = Duration.ofSeconds(5);
    /** Of every call, so that pages are under way for a while. */
    private static final Duration LATENCY = Duration.ofMillis(10);

    private static final int STEPS_AT_MOST = 30_000;

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
        FaultLog faultLog = new FaultLog(directory.resolve("diary.log"));
        try (ActiveHelpDesk life = new ActiveHelpDesk(seed);
                StandIn api = StandIn.start(life.desk(), 0);
                TestCluster cluster = new TestCluster(directory, api.baseUri())) {
            api.faults().latency(LATENCY);
            Random random = new Random(seed);
            FaultActions actions = new FaultActions(cluster, api, random, faultLog);
            Supervisor supervisor = new Supervisor(cluster, actions, faultLog);
            begin(cluster, actions, supervisor);
            life.live(Math.max(120, duration.toMillis() / STEPS_AT_MOST));
            new FaultScheduler(actions, cluster, api, random, duration)
                    .makeUntil(System.nanoTime() + duration.toNanos());
            life.freeze();
            actions.end();
            faultLog.note("quiet");
            return settle(life.timelines(), cluster, actions, supervisor);
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

    private void begin(TestCluster cluster, FaultActions actions, Supervisor supervisor) throws InterruptedException {
        cluster.broker().start();
        await(START, "the broker does not start", () -> cluster.says("broker", "broker ready"));
        actions.wanted().forEach(ManagedProcess::start);
        supervisor.start();
        await(
                START,
                "no instance starts",
                () -> actions.wanted().stream().anyMatch(product -> cluster.says(product.name(), "scanned source=")));
    }

    private CrashReport settle(
            Map<String, Timeline> shown, TestCluster cluster, FaultActions actions, Supervisor supervisor)
            throws InterruptedException {
        long quietSince = System.nanoTime();
        await(START, "the broker does not come back", cluster::isBrokerThere);
        try (CommittedEvents events = new CommittedEvents(cluster.bootstrapServers(), TestCluster.EVENTS);
                CommittedEvents deadLetters =
                        new CommittedEvents(cluster.bootstrapServers(), TestCluster.DEAD_LETTERS)) {
            ConsistencyChecker checker = checker(shown, events);
            while (!checker.lost().isEmpty() && System.nanoTime() - quietSince < SETTLE.toNanos()) {
                Thread.sleep(1_000);
                checker = checker(shown, events);
            }
            Duration settled = Duration.ofNanos(System.nanoTime() - quietSince);
            Thread.sleep(QUIET.toMillis());
            checker = checker(shown, events);
            return new CrashReport(
                    duration,
                    seed,
                    actions.counts(),
                    shown.size(),
                    shown.values().stream()
                            .mapToLong(timeline -> timeline.moments().size())
                            .sum(),
                    events.read().size(),
                    deadLetters.read().size(),
                    supervisor.restarts(),
                    supervisor.unasked(),
                    settled,
                    checker);
        }
    }

    private static ConsistencyChecker checker(Map<String, Timeline> shown, CommittedEvents events) {
        return ConsistencyChecker.of(shown, events.events());
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Duration atMost, String otherwise, Condition condition) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            try {
                if (condition.holds()) {
                    return;
                }
            } catch (IOException notYet) {
                // Looked at again below.
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(otherwise);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }
}
