package io.bangwo8stream.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.jboss.logging.Logger;

/**
 * The Kafka clients in use. They measure pauses with the wall clock: when it is set back, a call in progress does not
 * return, and a connection that was lost is not opened again, until the clock shows the former time. Thread-safe.
 */
final class OpenClients {

    private static final Logger LOG = Logger.getLogger(OpenClients.class);

    /** Each client, and whether it is abandoned. A client that nothing uses any more disappears. */
    private final Map<AutoCloseable, Boolean> clients = new WeakHashMap<>();

    synchronized <T extends AutoCloseable> T add(T client) {
        clients.put(client, false);
        return client;
    }

    /** Whether the owner of a client must close it, and create a new one. */
    synchronized boolean isAbandoned(AutoCloseable client) {
        return clients.getOrDefault(client, false);
    }

    /** Makes every call in progress fail soon; the owners replace their clients when they next use them. */
    void abandonAll() {
        for (AutoCloseable client : markAll()) {
            try {
                endCalls(client);
            } catch (RuntimeException failed) {
                LOG.debugf(failed, "a client could not be ended");
            }
        }
    }

    private synchronized List<AutoCloseable> markAll() {
        clients.replaceAll((client, abandoned) -> true);
        return new ArrayList<>(clients.keySet());
    }

    /** What each client allows from a thread that is not its owner's. */
    private static void endCalls(AutoCloseable client) {
        if (client instanceof Consumer<?, ?> consumer) {
            consumer.wakeup();
        } else if (client instanceof Producer<?, ?> producer) {
            producer.close(Duration.ZERO);
        } else if (client instanceof Admin admin) {
            admin.close(Duration.ZERO);
        }
    }
}
