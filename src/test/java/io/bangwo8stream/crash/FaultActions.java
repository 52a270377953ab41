package io.bangwo8stream.crash;

import io.bangwo8stream.process.JavaProcess;
import io.bangwo8stream.standin.Fault;
import io.bangwo8stream.standin.StandIn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Applies faults to the processes and to the API; each fault ends after a time of its own, many overlap. */
final class FaultActions {

    /** An instance that does not end after SIGTERM: counted among the faults, and a violation. */
    static final String SIGTERM_WITHOUT_EFFECT = "SIGTERM without effect";

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(40);

    private final TestCluster cluster;
    private final StandIn api;
    private final WorldClock world;
    private final Random random;
    private final FaultLog faultLog;
    private final List<ManagedProcess> wanted = new ArrayList<>();
    private final LaterSteps later = new LaterSteps();
    private final Map<String, Integer> counts = new TreeMap<>();
    private volatile boolean ended;

    /** At first a random number of instances runs, at least one. */
    FaultActions(TestCluster cluster, StandIn api, WorldClock world, Random random, FaultLog faultLog) {
        this.cluster = cluster;
        this.api = api;
        this.world = world;
        this.random = random;
        this.faultLog = faultLog;
        wanted.addAll(cluster.products()
                .subList(0, 1 + random.nextInt(cluster.products().size())));
    }

    /** The instances that must run now; the supervisor restarts one that ends because the broker is down. */
    synchronized List<ManagedProcess> wanted() {
        return List.copyOf(wanted);
    }

    boolean isEnded() {
        return ended;
    }

    Map<String, Integer> counts() {
        return counts;
    }

    /** Ends all faults: resumes paused processes, starts the broker when it is down, mends the routes, clears the
     * faults of the API. */
    void endAll() throws InterruptedException {
        ended = true;
        later.endAll();
        api.faults().clear();
        cluster.routes().restore();
        cluster.broker().resume();
        cluster.broker().start();
        for (ManagedProcess product : cluster.products()) {
            product.resume();
            world.jump(product.name(), Duration.ZERO);
        }
    }

    /** Faults may begin again. */
    void begin() {
        ended = false;
    }

    /** Kills all instances; none is restarted. */
    void endInstances() throws InterruptedException {
        begin();
        for (ManagedProcess product : cluster.products()) {
            product.kill();
        }
    }

    void kill(ManagedProcess process, long downMillis) throws InterruptedException {
        count("kill -9 " + kind(process), process.name() + " restarts after " + downMillis + " ms");
        process.kill();
        later.run(downMillis, () -> startIfWanted(process));
    }

    void pause(ManagedProcess process, long millis) throws InterruptedException {
        count("pause " + kind(process) + lengthOf(process, millis), process.name() + " for " + millis + " ms");
        process.pause();
        later.run(millis, process::resume);
    }

    private static String lengthOf(ManagedProcess process, long millis) {
        if (process.name().equals("broker")) {
            return "";
        }
        return millis >= CrashTimings.TRANSACTION.toMillis()
                ? " beyond the transaction"
                : millis >= CrashTimings.SESSION.toMillis() ? " beyond the session" : " within the session";
    }

    void terminate(ManagedProcess process) {
        if (process.isUp()) {
            count("SIGTERM product", process.name());
            JavaProcess terminating = process.terminate();
            later.run(0, () -> {
                awaitEnd(process, terminating);
                startIfWanted(process);
            });
        }
    }

    /** Starts one more instance, or sends SIGTERM to one of several. */
    synchronized void scale() {
        ManagedProcess product =
                cluster.products().get(random.nextInt(cluster.products().size()));
        if (!wanted.contains(product)) {
            count("scale up", product.name());
            wanted.add(product);
            later.run(0, () -> startIfWanted(product));
        } else if (wanted.size() > 1 && product.isUp()) {
            count("scale down", product.name());
            wanted.remove(product);
            JavaProcess terminating = product.terminate();
            later.run(0, () -> awaitEnd(product, terminating));
        }
    }

    /** Sets the clock of one instance 30 days ahead or 10 hours back, for a while. */
    void jumpClock(ManagedProcess product, long millis) {
        boolean forward = random.nextBoolean();
        count("clock " + (forward ? "+30 d" : "-10 h"), product.name() + " for " + millis + " ms");
        world.jump(product.name(), forward ? Duration.ofDays(30) : Duration.ofHours(-10));
        later.run(millis, () -> world.jump(product.name(), Duration.ZERO));
    }

    /** Saves an edit of the routes; a broken one is mended after a while. */
    void editRoutes(long brokenMillis) {
        if (random.nextInt(3) > 0) {
            String file = cluster.routes().edit(random);
            count("edit of routes", file);
            return;
        }
        count("broken edit of routes", "for " + brokenMillis + " ms");
        cluster.routes().breakSource();
        later.run(brokenMillis, cluster.routes()::restore);
    }

    /** Counts a fault that another class applies. */
    synchronized void count(String fault, String details) {
        counts.merge(fault, 1, Integer::sum);
        faultLog.write(fault + ": " + details);
    }

    void injectApiFault(Fault fault, long millis) {
        count(ApiFaultFactory.name(fault), fault.endpoint() + " for " + millis + " ms");
        api.faults().add(fault);
        // This ends all faults of the API; a later one ends early, which is one more random duration.
        later.run(millis, () -> api.faults().clear());
    }

    private void awaitEnd(ManagedProcess process, JavaProcess terminating) throws InterruptedException {
        if (!process.awaitEndOrKill(terminating, STOP_TIMEOUT)) {
            count(SIGTERM_WITHOUT_EFFECT, process.name() + " still ran after " + STOP_TIMEOUT.toSeconds() + " s");
        }
    }

    private synchronized void startIfWanted(ManagedProcess process) {
        if (!ended && (wanted.contains(process) || process == cluster.broker())) {
            process.start();
        }
    }

    private static String kind(ManagedProcess process) {
        return process.name().replaceAll("-\\d+$", "");
    }
}
