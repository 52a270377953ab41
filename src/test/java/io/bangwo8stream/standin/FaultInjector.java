package io.bangwo8stream.standin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The active faults of the stand-in; thread-safe. */
public final class FaultInjector {

    private final List<ActiveFault> active = new ArrayList<>();
    private final Random random = new Random(8);
    private volatile Duration latency = Duration.ZERO;

    FaultInjector() {}

    /** A fault that applies to a request, and how often it has applied, this time included. */
    record AppliedFault(Fault fault, int applications) {}

    private static final class ActiveFault {
        private final Fault fault;
        private int matches;
        private int applications;

        private ActiveFault(Fault fault) {
            this.fault = fault;
        }
    }

    /** Adds a fault to the active ones. */
    public synchronized void add(Fault fault) {
        active.add(new ActiveFault(fault));
    }

    /** Replaces all faults at once. */
    public synchronized void replace(List<Fault> faults) {
        active.clear();
        faults.forEach(this::add);
    }

    /** Removes all faults; the latency stays. */
    public synchronized void clear() {
        active.clear();
    }

    /** Delays every response of the API by this duration. */
    public void setLatency(Duration perRequest) {
        latency = perRequest;
    }

    Duration latency() {
        return latency;
    }

    /** How often the active faults have applied to requests. */
    public synchronized int applications() {
        return active.stream().mapToInt(fault -> fault.applications).sum();
    }

    synchronized List<AppliedFault> faultsFor(String endpoint, StandInRequest request) {
        List<AppliedFault> applied = new ArrayList<>();
        for (ActiveFault candidate : active) {
            if (candidate.fault.matches(endpoint, request) && applies(candidate)) {
                candidate.applications++;
                applied.add(new AppliedFault(candidate.fault, candidate.applications));
            }
        }
        return applied;
    }

    private boolean applies(ActiveFault candidate) {
        Fault fault = candidate.fault;
        candidate.matches++;
        return candidate.matches > fault.skip()
                && candidate.applications < fault.times()
                && (fault.probability() >= 1 || random.nextDouble() < fault.probability());
    }
}
