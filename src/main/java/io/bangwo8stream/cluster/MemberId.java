package io.bangwo8stream.cluster;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.UUID;

/** Names an instance so that an operator finds it: {@code host-pid-random}. */
final class MemberId {

    private MemberId() {}

    static String create() {
        // Host and process id stay the same when a container restarts; only the random part differs.
        return host() + "-" + ProcessHandle.current().pid() + "-"
                + UUID.randomUUID().toString().substring(0, 8);
    }

    private static String host() {
        // In a pod the variable contains the pod's name, and needs no DNS lookup.
        return Optional.ofNullable(System.getenv("HOSTNAME"))
                .filter(name -> !name.isBlank())
                .orElseGet(MemberId::resolvedHost);
    }

    private static String resolvedHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
