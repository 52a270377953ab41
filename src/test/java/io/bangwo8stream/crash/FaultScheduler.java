package io.bangwo8stream.crash;

import io.bangwo8stream.standin.StandIn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Injects random faults one after the other, so that several are in effect at the same time. */
final class FaultScheduler {

    private static final long SHORTEST_GAP_MS = 300;
    private static final long LONGEST_GAP_MS = 11_000;
    /** A short run has short gaps, so that enough happens in it. */
    private static final int MIN_GAPS = 6;

    /**
     * The first draws of every run, in any order: a kill, a pause, a kill of the broker, an edit of the routes, a jump of a
     * clock, a fault of the API.
     */
    private final List<Integer> firstDraws = new ArrayList<>(List.of(10, 30, 54, 70, 75, 80));

    private final FaultActions actions;
    private final TestCluster cluster;
    private final StandIn api;
    private final WorldClock world;
    private final Random random;
    private final long longestGap;

    FaultScheduler(
            FaultActions actions,
            TestCluster cluster,
            StandIn api,
            WorldClock world,
            Random random,
            Duration duration) {
        this.actions = actions;
        this.cluster = cluster;
        this.api = api;
        this.world = world;
        this.random = random;
        this.longestGap = Math.min(duration.toMillis() / MIN_GAPS, LONGEST_GAP_MS);
        Collections.shuffle(firstDraws, random);
    }

    /** Injects faults until {@code deadline}, in nanoseconds of {@link System#nanoTime()}. */
    void runUntil(long deadline) throws InterruptedException {
        while (true) {
            long gap = gap();
            if (System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(gap) > deadline) {
                TimeUnit.NANOSECONDS.sleep(Math.max(0, deadline - System.nanoTime()));
                return;
            }
            Thread.sleep(gap);
            injectRandomFault();
        }
    }

    /** Mostly short, so that faults overlap; sometimes long enough for all instances to work. */
    private long gap() {
        double draw = random.nextDouble();
        return SHORTEST_GAP_MS + (long) (draw * draw * (longestGap - SHORTEST_GAP_MS));
    }

    private void injectRandomFault() throws InterruptedException {
        List<ManagedProcess> wanted = actions.wanted();
        ManagedProcess product =
                random.nextInt(100) < 70 ? cluster.lastToLog(wanted) : wanted.get(random.nextInt(wanted.size()));
        int draw = firstDraws.isEmpty() ? random.nextInt(100) : firstDraws.remove(0);
        if (draw < 22) {
            if (product.isUp()) {
                awaitRandomMoment();
                actions.kill(product, random.nextInt(3_000));
            }
        } else if (draw < 42) {
            if (product.isUp()) {
                awaitRandomMoment();
                actions.pause(product, pauseMillis());
            }
        } else if (draw < 52) {
            actions.terminate(product);
        } else if (draw < 62) {
            disturbBroker(draw);
        } else if (draw < 68) {
            actions.scale();
        } else if (draw < 72) {
            actions.editRoutes(1_000 + random.nextInt(10_000));
        } else if (draw < 78 && world.canJump()) {
            actions.jumpClock(product, 2_000 + random.nextInt(20_000));
        } else {
            actions.injectApiFault(
                    ApiFaultFactory.create(random, api.desk().remoteRecords().ids()),
                    1_000 + random.nextInt(random.nextInt(4) > 0 ? 8_000 : 25_000));
        }
    }

    private void disturbBroker(int draw) throws InterruptedException {
        if (draw < 57 && cluster.broker().isRunning()) {
            actions.kill(cluster.broker(), random.nextInt(8_000));
        } else if (cluster.broker().isUp()) {
            actions.pause(cluster.broker(), 500 + random.nextInt(20_000));
        }
    }

    /** Waits for a random moment, mostly while a page is joined or written: then a fault has most effects. */
    private void awaitRandomMoment() throws InterruptedException {
        int before = api.requests().count("servicesummary");
        for (int i = 0; i < 100 && api.requests().count("servicesummary") == before; i++) {
            Thread.sleep(10);
        }
        Thread.sleep(random.nextInt(60));
    }

    private long pauseMillis() {
        int draw = random.nextInt(100);
        if (draw < 45) {
            return 200 + random.nextInt((int) CrashTimings.SESSION.toMillis() - 1_000);
        }
        return draw < 88
                ? CrashTimings.SESSION.toMillis() + random.nextInt(15_000)
                : CrashTimings.TRANSACTION.toMillis() + random.nextInt(12_000);
    }
}
