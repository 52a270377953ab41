package io.bangwo8stream.crash;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A process of the play: started, killed, paused, and started again, in any order. */
final class ManagedProcess {

    private final String name;
    private final Supplier<Child> start;
    private Child child;
    private boolean paused;
    private boolean leaving;

    /** @param start starts its process */
    ManagedProcess(String name, Supplier<Child> start) {
        this.name = name;
        this.start = start;
    }

    String name() {
        return name;
    }

    synchronized boolean isRunning() {
        return child != null && child.isAlive();
    }

    /** Whether it runs, and neither stands still nor is about to end. */
    synchronized boolean isUp() {
        return isRunning() && !paused && !leaving;
    }

    /** Whether it has ended though nobody wanted it to. */
    synchronized boolean endedByItself() {
        return child != null && !child.isAlive() && !leaving;
    }

    synchronized void start() {
        if (!isRunning()) {
            child = start.get();
            paused = false;
            leaving = false;
        }
    }

    synchronized void kill() throws InterruptedException {
        if (child != null) {
            child.kill();
            child = null;
        }
    }

    synchronized void pause() throws InterruptedException {
        if (isRunning()) {
            paused = true;
            child.pause();
        }
    }

    synchronized void resume() throws InterruptedException {
        if (paused && child != null) {
            child.resume();
        }
        paused = false;
    }

    /** Sends SIGTERM. */
    synchronized Child terminate() {
        leaving = true;
        child.terminate();
        return child;
    }

    /** Waits for the end of one that was sent SIGTERM, and kills it when it does not come; false when it had to. */
    boolean reap(Child terminated, long seconds) throws InterruptedException {
        boolean ended = terminated.awaitEnd(seconds, TimeUnit.SECONDS);
        synchronized (this) {
            if (child == terminated) {
                kill();
            }
        }
        return ended;
    }
}
