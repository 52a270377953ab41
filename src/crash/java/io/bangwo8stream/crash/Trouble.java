package io.bangwo8stream.crash;

import io.bangwo8stream.demo.Fault;
import io.bangwo8stream.demo.StandIn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Makes trouble, one random event after the other, of which many are under way at once. */
final class Trouble {

    /** A product that does not end when it is told to: counted among the events, and a violation. */
    static final String IN_VAIN = "SIGTERM in vain";

    private static final long SHORTEST_GAP_MS = 300;
    private static final long LONGEST_GAP_MS = 11_000;
    private static final long STOPS_WITHIN_SECONDS = 40;

    private final Stage stage;
    private final StandIn api;
    private final Random random;
    private final Diary diary;
    private final List<Actor> wanted = new ArrayList<>();
    private final List<Thread> underWay = new ArrayList<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    private volatile boolean over;

    Trouble(Stage stage, StandIn api, Random random, Diary diary) {
        this.stage = stage;
        this.api = api;
        this.random = random;
        this.diary = diary;
        wanted.addAll(stage.products().subList(0, 1 + random.nextInt(stage.products().size())));
    }

    /** The instances that shall run now; one that ends because the broker is away is started again. */
    synchronized List<Actor> wanted() {
        return List.copyOf(wanted);
    }

    boolean isOver() {
        return over;
    }

    Map<String, Integer> counts() {
        return counts;
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
        return SHORTEST_GAP_MS + (long) (die * die * (LONGEST_GAP_MS - SHORTEST_GAP_MS));
    }

    /** Ends what is under way: whatever stands still goes on, whatever is away comes back, the API behaves. */
    void end() throws InterruptedException {
        over = true;
        for (Thread each : underWay) {
            each.interrupt();
            each.join();
        }
        api.faults().clear();
        stage.broker().resume();
        stage.broker().start();
        for (Actor product : stage.products()) {
            product.resume();
        }
    }

    private void something() throws InterruptedException {
        Actor product = wanted().get(random.nextInt(wanted().size()));
        int die = random.nextInt(100);
        if (die < 22) {
            if (product.isUp()) {
                atAnyMoment();
                kill(product, random.nextInt(3_000));
            }
        } else if (die < 42) {
            if (product.isUp()) {
                atAnyMoment();
                pause(product, pauseMillis());
            }
        } else if (die < 52) {
            terminate(product);
        } else if (die < 62) {
            disturbBroker(die);
        } else if (die < 72) {
            scale();
        } else {
            misbehave(ApiTrouble.any(random), 1_000 + random.nextInt(8_000));
        }
    }

    private void disturbBroker(int die) throws InterruptedException {
        if (die < 57) {
            kill(stage.broker(), random.nextInt(8_000));
        } else if (stage.broker().isUp()) {
            pause(stage.broker(), 500 + random.nextInt(20_000));
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
        return die < 88 ? Rules.SESSION.toMillis() + random.nextInt(15_000)
                : Rules.TRANSACTION.toMillis() + random.nextInt(12_000);
    }

    private void kill(Actor actor, long away) throws InterruptedException {
        count("kill -9 " + kind(actor), actor.name() + " back after " + away + " ms");
        actor.kill();
        later(away, () -> startAgain(actor));
    }

    private void pause(Actor actor, long millis) throws InterruptedException {
        count("pause " + kind(actor) + beyond(actor, millis), actor.name() + " for " + millis + " ms");
        actor.pause();
        later(millis, actor::resume);
    }

    private static String beyond(Actor actor, long millis) {
        if (actor.name().equals("broker")) {
            return "";
        }
        return millis >= Rules.TRANSACTION.toMillis() ? " beyond the transaction"
                : millis >= Rules.SESSION.toMillis() ? " beyond the session" : " within the session";
    }

    private void terminate(Actor actor) {
        if (actor.isUp()) {
            count("SIGTERM product", actor.name());
            Child leaving = actor.terminate();
            later(0, () -> {
                reap(actor, leaving);
                startAgain(actor);
            });
        }
    }

    /** One instance more, or one less in good order; one is always there. */
    private synchronized void scale() {
        Actor product = stage.products().get(random.nextInt(stage.products().size()));
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

    private void misbehave(Fault fault, long millis) {
        count(ApiTrouble.name(fault), fault.endpoint() + " for " + millis + " ms");
        api.faults().add(fault);
        // All faults end together: one that began later ends early, which is as good as any other length.
        later(millis, () -> api.faults().clear());
    }

    private void reap(Actor actor, Child leaving) throws InterruptedException {
        if (!actor.reap(leaving, STOPS_WITHIN_SECONDS)) {
            count(IN_VAIN, actor.name() + " still ran after " + STOPS_WITHIN_SECONDS + " s");
        }
    }

    private synchronized void startAgain(Actor actor) {
        if (!over && (wanted.contains(actor) || actor == stage.broker())) {
            actor.start();
        }
    }

    private static String kind(Actor actor) {
        return actor.name().replaceAll("-\\d+$", "");
    }

    private synchronized void count(String event, String details) {
        counts.merge(event, 1, Integer::sum);
        diary.note(event + ": " + details);
    }

    private interface Step {
        void run() throws InterruptedException;
    }

    private void later(long millis, Step step) {
        Thread thread = new Thread(() -> {
            try {
                Thread.sleep(millis);
                step.run();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }, "trouble");
        thread.setDaemon(true);
        thread.start();
        underWay.add(thread);
    }
}
