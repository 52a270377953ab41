package io.bangwo8stream.cluster;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.UUID;

/** Names an instance so that an operator finds it: {@code host-pid-random}. */
final class MemberId {

    private MemberId() {}

    static String create() {
        // The random part tells a container's lives apart: host and process id are the same in each.
        return host() + "-" + ProcessHandle.current().pid() + "-"
                + UUID.randomUUID().toString().substring(0, 8);
    }

    private static String host() {
        // In a pod the variable is the pod's name, and reading it asks no name server.
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
