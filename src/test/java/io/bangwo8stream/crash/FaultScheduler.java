package io.bangwo8stream.crash;

import io.bangwo8stream.standin.StandIn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Makes trouble, one random event after the other, of which many are under way at once. */
final class FaultScheduler {

    private static final long SHORTEST_GAP_MS = 300;
    private static final long LONGEST_GAP_MS = 11_000;
    /** A short run has short gaps, so that enough happens in it. */
    private static final int GAPS_AT_LEAST = 6;

    /** What every run begins with, in any order: dice that mean a kill, a pause, a broker's end, and API faults. */
    private final List<Integer> opening = new ArrayList<>(List.of(10, 30, 54, 80));

    private final FaultActions actions;
    private final TestCluster cluster;
    private final StandIn api;
    private final Random random;
    private final long longestGap;

    FaultScheduler(FaultActions actions, TestCluster cluster, StandIn api, Random random, Duration duration) {
        this.actions = actions;
        this.cluster = cluster;
        this.api = api;
        this.random = random;
        this.longestGap = Math.min(duration.toMillis() / GAPS_AT_LEAST, LONGEST_GAP_MS);
        Collections.shuffle(opening, random);
    }

    /** Makes trouble until {@code deadline}, in nanoseconds of the system's timer. */
    void makeUntil(long deadline) throws InterruptedException {
        while (true) {
            long gap = gap();
            if (System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(gap) > deadline) {
                TimeUnit.NANOSECONDS.sleep(Math.max(0, deadline - System.nanoTime()));
                return;
            }
            Thread.sleep(gap);
            something();
        }
    }

    /** Mostly short, so that troubles meet; now and then long enough for everybody to come to work. */
    private long gap() {
        double die = random.nextDouble();
        return SHORTEST_GAP_MS + (long) (die * die * (longestGap - SHORTEST_GAP_MS));
    }

    private void something() throws InterruptedException {
        List<ManagedProcess> wanted = actions.wanted();
        ManagedProcess product =
                random.nextInt(100) < 70 ? cluster.busiest(wanted) : wanted.get(random.nextInt(wanted.size()));
        int die = opening.isEmpty() ? random.nextInt(100) : opening.remove(0);
        if (die < 22) {
            if (product.isUp()) {
                atAnyMoment();
                actions.kill(product, random.nextInt(3_000));
            }
        } else if (die < 42) {
            if (product.isUp()) {
                atAnyMoment();
                actions.pause(product, pauseMillis());
            }
        } else if (die < 52) {
            actions.terminate(product);
        } else if (die < 62) {
            disturbBroker(die);
        } else if (die < 72) {
            actions.scale();
        } else {
            actions.misbehave(ApiFaults.any(random), 1_000 + random.nextInt(random.nextInt(4) > 0 ? 8_000 : 25_000));
        }
    }

    private void disturbBroker(int die) throws InterruptedException {
        if (die < 57 && cluster.broker().isRunning()) {
            actions.kill(cluster.broker(), random.nextInt(8_000));
        } else if (cluster.broker().isUp()) {
            actions.pause(cluster.broker(), 500 + random.nextInt(20_000));
        }
    }

    /** Mostly while a page is joined or written, which is when most can go wrong. */
    private void atAnyMoment() throws InterruptedException {
        int asked = api.requests().count("servicesummary");
        for (int i = 0; i < 100 && api.requests().count("servicesummary") == asked; i++) {
            Thread.sleep(10);
        }
        Thread.sleep(random.nextInt(60));
    }

    private long pauseMillis() {
        int die = random.nextInt(100);
        if (die < 45) {
            return 200 + random.nextInt((int) Rules.SESSION.toMillis() - 1_000);
        }
        return die < 88
                ? Rules.SESSION.toMillis() + random.nextInt(15_000)
                : Rules.TRANSACTION.toMillis() + random.nextInt(12_000);
    }
}
