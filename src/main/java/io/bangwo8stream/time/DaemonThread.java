package io.bangwo8stream.time;

import java.util.concurrent.ThreadFactory;

/** Names the thread of an executor, and lets the process end while it runs. */
public final class DaemonThread {

    private DaemonThread() {}

    /** Creates threads with this name. */
    public static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
