package io.bangwo8stream.standin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The ways in which the stand-in misbehaves now; safe for many threads. */
public final class Faults {

    private final List<Armed> armed = new ArrayList<>();
    private Random random = new Random(8);
    private volatile Duration latency = Duration.ZERO;

    Faults() {}

    /** A fault that hits a call, for the so-manieth time. */
    record Hit(Fault fault, int hits) {}

    private static final class Armed {
        private final Fault fault;
        private int seen;
        private int hits;

        private Armed(Fault fault) {
            this.fault = fault;
        }
    }

    /** Misbehaves this way too from now on. */
    public synchronized void add(Fault fault) {
        armed.add(new Armed(fault));
    }

    /** Behaves again; the fixed latency stays. */
    public synchronized void clear() {
        armed.clear();
    }

    /** Makes the dice of faults with a probability fall the same way again. */
    public synchronized void seed(long seed) {
        random = new Random(seed);
    }

    /** Every call of the API takes at least this long. */
    public void latency(Duration perCall) {
        latency = perCall;
    }

    Duration latency() {
        return latency;
    }

    /** How many calls have been hit by faults that are still in force. */
    public synchronized int hits() {
        return armed.stream().mapToInt(each -> each.hits).sum();
    }

    synchronized List<Hit> hitting(String endpoint, Call call) {
        List<Hit> hits = new ArrayList<>();
        for (Armed each : armed) {
            if (each.fault.matches(endpoint, call) && due(each)) {
                each.hits++;
                hits.add(new Hit(each.fault, each.hits));
            }
        }
        return hits;
    }

    private boolean due(Armed each) {
        each.seen++;
        return each.seen > each.fault.skip()
                && each.hits < each.fault.times()
                && (each.fault.probability() >= 1 || random.nextDouble() < each.fault.probability());
    }
}
