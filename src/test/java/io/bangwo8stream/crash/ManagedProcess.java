package io.bangwo8stream.crash;

import io.bangwo8stream.process.JavaProcess;
import java.time.Duration;
import java.util.function.Supplier;

/** A process of the crash harness that is started, killed, paused and restarted in any order. */
final class ManagedProcess {

    private final String name;
    private final Supplier<JavaProcess> start;
    private JavaProcess process;
    private boolean paused;
    private boolean terminating;

    /** @param start starts a new process */
    ManagedProcess(String name, Supplier<JavaProcess> start) {
        this.name = name;
        this.start = start;
    }

    String name() {
        return name;
    }

    synchronized boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** Whether the process runs, and is neither paused nor terminating. */
    synchronized boolean isUp() {
        return isRunning() && !paused && !terminating;
    }

    /** Whether the process has ended without SIGTERM or SIGKILL of the harness. */
    synchronized boolean endedByItself() {
        return process != null && !process.isAlive() && !terminating;
    }

    synchronized void start() {
        if (!isRunning()) {
            process = start.get();
            paused = false;
            terminating = false;
        }
    }

    synchronized void kill() throws InterruptedException {
        if (process != null) {
            process.kill();
            process.awaitExit();
            process = null;
        }
    }

    synchronized void pause() throws InterruptedException {
        if (isRunning()) {
            paused = true;
            process.pause();
        }
    }

    synchronized void resume() throws InterruptedException {
        if (paused && process != null) {
            process.resume();
        }
        paused = false;
    }

    /** Sends SIGTERM. */
    synchronized JavaProcess terminate() {
        terminating = true;
        process.terminate();
        return process;
    }

    /** Waits for the end of a process that got SIGTERM; kills it and returns false when it still runs afterwards. */
    boolean awaitEndOrKill(JavaProcess terminated, Duration timeout) throws InterruptedException {
        boolean ended = terminated.awaitExit(timeout);
        synchronized (this) {
            if (process == terminated) {
                kill();
            }
        }
        return ended;
    }
}
