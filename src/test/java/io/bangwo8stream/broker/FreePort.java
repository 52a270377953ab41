package io.bangwo8stream.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds a port of the loopback interface on which no process listens, below the range from which the system takes the
 * ports of outgoing connections: none of those can occupy the port before it is used.
 */
public final class FreePort {

    private static final int LOWEST = 15_000;
    private static final int HIGHEST = 32_000;
    private static final int MAX_ATTEMPTS = 1_000;
    private static final Set<Integer> RESERVED = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    static int orRequested(int port) {
        return port == 0 ? any() : port;
    }

    /** A free port that this method returns only once in this process. */
    public static int any() {
        for (int i = 0; i < MAX_ATTEMPTS; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (RESERVED.add(port) && isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port on the loopback interface");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
