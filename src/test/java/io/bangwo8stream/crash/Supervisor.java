package io.bangwo8stream.crash;

import java.util.HashMap;
import java.util.Map;

/**
 * Restarts instances that have ended, as Kubernetes does; ending without a broker, or at a start with broken routes, is
 * expected, other exits are not.
 */
final class Supervisor {

    private static final long CHECK_INTERVAL_MS = 500;

    private final TestCluster cluster;
    private final FaultActions actions;
    private final FaultLog faultLog;
    private final Map<String, Long> expectedErrors = new HashMap<>();
    private volatile int restarts;
    private volatile int unexpectedExits;

    Supervisor(TestCluster cluster, FaultActions actions, FaultLog faultLog) {
        this.cluster = cluster;
        this.actions = actions;
        this.faultLog = faultLog;
    }

    /** Supervises on a thread of its own until the cluster is closed. */
    void start() {
        Thread thread = new Thread(this::supervise, "supervisor");
        thread.setDaemon(true);
        thread.start();
    }

    /** How often an instance was restarted because it had found no broker, or broken routes. */
    int restarts() {
        return restarts;
    }

    /** How often an instance ended for another reason. */
    int unexpectedExits() {
        return unexpectedExits;
    }

    private void supervise() {
        try {
            while (!cluster.isClosed()) {
                Thread.sleep(CHECK_INTERVAL_MS);
                for (ManagedProcess product : actions.wanted()) {
                    check(product);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void check(ManagedProcess product) {
        if (product.endedByItself()) {
            // A running instance that refuses an edit says so too, but in a line of the log; this one begins with the
            // file.
            long lines = cluster.countLogLines(
                    product.name(), "no broker answered|kafka.bootstrap.servers is|^/.*" + EditedRoutes.REFUSAL);
            boolean expected = lines > expectedErrors.getOrDefault(product.name(), 0L);
            expectedErrors.put(product.name(), lines);
            if (expected) {
                restarts++;
            } else {
                unexpectedExits++;
            }
            faultLog.write(product.name() + (expected ? " found no broker, or broken routes" : " ENDED UNEXPECTEDLY"));
            product.start();
        } else if (actions.isEnded() && !product.isRunning()) {
            product.start();
        }
    }
}
