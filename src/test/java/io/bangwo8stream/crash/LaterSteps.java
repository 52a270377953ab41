package io.bangwo8stream.crash;

import java.util.ArrayList;
import java.util.List;

/** Steps that end a fault some time after its beginning, each on a thread of its own. */
final class LaterSteps {

    /** One step. */
    interface Step {
        void run() throws InterruptedException;
    }

    private final List<Thread> pending = new ArrayList<>();

    synchronized void run(long millis, Step step) {
        Thread thread = new Thread(
                () -> {
                    try {
                        Thread.sleep(millis);
                        step.run();
                    } catch (InterruptedException allEnded) {
                        Thread.currentThread().interrupt();
                    }
                },
                "fault-step");
        thread.setDaemon(true);
        thread.start();
        pending.removeIf(ended -> !ended.isAlive());
        pending.add(thread);
    }

    /** Ends all steps, those that have not begun too. */
    void endAll() throws InterruptedException {
        List<Thread> ending;
        synchronized (this) {
            ending = List.copyOf(pending);
        }
        for (Thread step : ending) {
            step.interrupt();
            step.join();
        }
    }
}
