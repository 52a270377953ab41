package io.bangwo8stream.crash;

import io.bangwo8stream.standin.Fault;
import io.bangwo8stream.standin.StandIn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** What can be done to the processes and to the API, each with an end of its own while other things happen. */
final class FaultActions {

    /** A product that does not end when it is told to: counted among the deeds, and a violation. */
    static final String IN_VAIN = "SIGTERM in vain";

    private static final long STOPS_WITHIN_SECONDS = 40;

    private final TestCluster cluster;
    private final StandIn api;
    private final Random random;
    private final FaultLog faultLog;
    private final List<ManagedProcess> wanted = new ArrayList<>();
    private final List<Thread> underWay = new ArrayList<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    private volatile boolean over;

    /** Between one and all instances shall run at first. */
    FaultActions(TestCluster cluster, StandIn api, Random random, FaultLog faultLog) {
        this.cluster = cluster;
        this.api = api;
        this.random = random;
        this.faultLog = faultLog;
        wanted.addAll(cluster.products()
                .subList(0, 1 + random.nextInt(cluster.products().size())));
    }

    /** The instances that shall run now; one that ends because the broker is away is started again. */
    synchronized List<ManagedProcess> wanted() {
        return List.copyOf(wanted);
    }

    boolean isOver() {
        return over;
    }

    Map<String, Integer> counts() {
        return counts;
    }

    /** Ends what is under way: whatever stands still goes on, whatever is away comes back, the API behaves. */
    void end() throws InterruptedException {
        over = true;
        for (Thread each : underWay) {
            each.interrupt();
            each.join();
        }
        api.faults().clear();
        cluster.broker().resume();
        cluster.broker().start();
        for (ManagedProcess product : cluster.products()) {
            product.resume();
        }
    }

    void kill(ManagedProcess process, long away) throws InterruptedException {
        count("kill -9 " + kind(process), process.name() + " back after " + away + " ms");
        process.kill();
        later(away, () -> startAgain(process));
    }

    void pause(ManagedProcess process, long millis) throws InterruptedException {
        count("pause " + kind(process) + beyond(process, millis), process.name() + " for " + millis + " ms");
        process.pause();
        later(millis, process::resume);
    }

    private static String beyond(ManagedProcess process, long millis) {
        if (process.name().equals("broker")) {
            return "";
        }
        return millis >= Rules.TRANSACTION.toMillis()
                ? " beyond the transaction"
                : millis >= Rules.SESSION.toMillis() ? " beyond the session" : " within the session";
    }

    void terminate(ManagedProcess process) {
        if (process.isUp()) {
            count("SIGTERM product", process.name());
            Child leaving = process.terminate();
            later(0, () -> {
                reap(process, leaving);
                startAgain(process);
            });
        }
    }

    /** One instance more, or one less in good order; one is always there. */
    synchronized void scale() {
        ManagedProcess product =
                cluster.products().get(random.nextInt(cluster.products().size()));
        if (!wanted.contains(product)) {
            count("scale up", product.name());
            wanted.add(product);
            later(0, () -> startAgain(product));
        } else if (wanted.size() > 1 && product.isUp()) {
            count("scale down", product.name());
            wanted.remove(product);
            Child leaving = product.terminate();
            later(0, () -> reap(product, leaving));
        }
    }

    void misbehave(Fault fault, long millis) {
        count(ApiFaults.name(fault), fault.endpoint() + " for " + millis + " ms");
        api.faults().add(fault);
        // All faults end together: one that began later ends early, which is as good as any other length.
        later(millis, () -> api.faults().clear());
    }

    private void reap(ManagedProcess process, Child leaving) throws InterruptedException {
        if (!process.reap(leaving, STOPS_WITHIN_SECONDS)) {
            count(IN_VAIN, process.name() + " still ran after " + STOPS_WITHIN_SECONDS + " s");
        }
    }

    private synchronized void startAgain(ManagedProcess process) {
        if (!over && (wanted.contains(process) || process == cluster.broker())) {
            process.start();
        }
    }

    private static String kind(ManagedProcess process) {
        return process.name().replaceAll("-\\d+$", "");
    }

    private synchronized void count(String event, String details) {
        counts.merge(event, 1, Integer::sum);
        faultLog.note(event + ": " + details);
    }

    private interface Step {
        void run() throws InterruptedException;
    }

    private void later(long millis, Step step) {
        Thread thread = new Thread(
                () -> {
                    try {
                        Thread.sleep(millis);
                        step.run();
                    } catch (InterruptedException ended) {
                        Thread.currentThread().interrupt();
                    }
                },
                "trouble");
        thread.setDaemon(true);
        thread.start();
        underWay.add(thread);
    }
}
