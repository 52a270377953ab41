package io.bangwo8stream.crash;

import io.bangwo8stream.process.QuietLogging;
import io.bangwo8stream.standin.DateProxy;
import io.bangwo8stream.standin.StandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One run, in phases: injects faults while the help desk changes, waits until all is published, and lets a long outage
 * follow. At the end it compares.
 */
final class CrashRun {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(240);
    private static final Duration PHASE = Duration.ofSeconds(150);
    private static final Duration SHORTEST_PHASE = Duration.ofSeconds(15);
    /** Longer than a sweep and a revisit, so that a duplicate would be published within this time. */
    private static final Duration DUPLICATE_WAIT = Duration.ofSeconds(5);
    /** Of every request, so that a page takes some time. */
    private static final Duration LATENCY = Duration.ofMillis(10);
    /** More than all outages take, and a jump of a clock ahead. */
    private static final Duration BEHIND_AT_FIRST = Duration.ofDays(500);

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
        WorldClock world = new WorldClock(directory, BEHIND_AT_FIRST);
        FaultLog faultLog = new FaultLog(directory.resolve("faults.log"));
        try (ActiveHelpDesk desk = new ActiveHelpDesk(seed, world);
                StandIn api = StandIn.start(desk.desk(), 0);
                DateProxy proxy = new DateProxy(api.baseUri(), world);
                TestCluster cluster = new TestCluster(
                        directory,
                        proxy.baseUri(),
                        world,
                        OldRecords.first(world).toLocalDate())) {
            api.faults().setLatency(LATENCY);
            Random random = new Random(seed);
            FaultActions actions = new FaultActions(cluster, api, world, random, faultLog);
            Supervisor supervisor = new Supervisor(cluster, actions, faultLog);
            startProcesses(cluster, actions, supervisor);
            FaultScheduler scheduler = new FaultScheduler(actions, cluster, api, world, random, duration);
            LongOutage outage = new LongOutage(desk, api, world, actions, random);
            try (PublicationCheck check = new PublicationCheck(desk, cluster.bootstrapServers())) {
                runPhases(desk, actions, scheduler, outage, check);
                actions.endAll();
                faultLog.write("all faults ended");
                Duration settled = check.awaitPublished();
                TimeUnit.NANOSECONDS.sleep(DUPLICATE_WAIT.toNanos());
                actions.endInstances();
                Violations violations = new PartitionCheck(cluster).run();
                violations.addAll(check.violations());
                return report(settled, world, actions, supervisor, check, violations);
            }
        }
    }

    private void runPhases(
            ActiveHelpDesk desk,
            FaultActions actions,
            FaultScheduler scheduler,
            LongOutage outage,
            PublicationCheck check)
            throws InterruptedException {
        long end = System.nanoTime() + duration.toNanos();
        boolean published = true;
        while (published && end - System.nanoTime() > SHORTEST_PHASE.toNanos()) {
            actions.begin();
            desk.start(Math.max(120, duration.toMillis() / MAX_STEPS));
            scheduler.runUntil(Math.min(end, System.nanoTime() + PHASE.toNanos()));
            desk.stop();
            actions.endAll();
            check.awaitPublished();
            published = check.violations().isEmpty();
            if (published) {
                outage.run();
            }
        }
    }

    private CrashReport report(
            Duration settled,
            WorldClock world,
            FaultActions actions,
            Supervisor supervisor,
            PublicationCheck check,
            Violations violations) {
        return new CrashReport(
                duration,
                seed,
                actions.counts(),
                world.canJump(),
                check.events(),
                check.deadLetters(),
                supervisor.restarts(),
                supervisor.unexpectedExits(),
                settled,
                check.checked(),
                violations);
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
        await("the broker does not start", () -> cluster.hasLogged("broker", "broker ready"));
        actions.wanted().forEach(ManagedProcess::start);
        supervisor.start();
        await(
                "no instance starts",
                () -> actions.wanted().stream()
                        .anyMatch(product -> cluster.hasLogged(product.name(), "scanned source=")));
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(String failure, Condition condition) throws InterruptedException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
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
