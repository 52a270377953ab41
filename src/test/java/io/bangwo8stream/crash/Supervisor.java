package io.bangwo8stream.crash;

import java.util.HashMap;
import java.util.Map;

/** Starts an instance again that ended by itself, as Kubernetes would: for want of a broker it may. */
final class Supervisor {

    private static final long LOOK_MS = 500;

    private final TestCluster cluster;
    private final FaultActions actions;
    private final FaultLog faultLog;
    private final Map<String, Long> begun = new HashMap<>();
    private volatile int restarts;
    private volatile int unasked;

    Supervisor(TestCluster cluster, FaultActions actions, FaultLog faultLog) {
        this.cluster = cluster;
        this.actions = actions;
        this.faultLog = faultLog;
    }

    /** Watches until this process ends. */
    void start() {
        Thread thread = new Thread(this::watch, "supervisor");
        thread.setDaemon(true);
        thread.start();
    }

    /** How often an instance ended because it found no broker when it started. */
    int restarts() {
        return restarts;
    }

    /** How often one ended for another reason. */
    int unasked() {
        return unasked;
    }

    private void watch() {
        try {
            while (!cluster.isClosed()) {
                Thread.sleep(LOOK_MS);
                for (ManagedProcess product : actions.wanted()) {
                    look(product);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(ManagedProcess product) {
        if (product.endedByItself()) {
            long lines = cluster.count(product.name(), "no broker answered|kafka.bootstrap.servers is");
            boolean noBroker = lines > begun.getOrDefault(product.name(), 0L);
            begun.put(product.name(), lines);
            if (noBroker) {
                restarts++;
            } else {
                unasked++;
            }
            faultLog.note(product.name() + (noBroker ? " found no broker" : " ENDED BY ITSELF"));
            product.start();
        } else if (actions.isOver() && !product.isRunning()) {
            product.start();
        }
    }
}
