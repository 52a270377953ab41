package io.bangwo8stream.broker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The settings of a one-node broker that starts, rebalances and stops quickly. */
final class BrokerSettings {

    static final String HOST = "127.0.0.1";
    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private BrokerSettings() {}

    static Map<String, String> of(Path logDir, int port, int controllerPort) {
        Map<String, String> settings = new HashMap<>(oneNode());
        settings.put("log.dirs", logDir.toString());
        settings.put(
                "listeners",
                "PLAINTEXT://" + HOST + ":" + port + "," + CONTROLLER_LISTENER + "://" + HOST + ":" + controllerPort);
        settings.put("advertised.listeners", "PLAINTEXT://" + HOST + ":" + port);
        settings.put("controller.quorum.voters", NODE_ID + "@" + HOST + ":" + controllerPort);
        settings.putAll(fast());
        return settings;
    }

    private static Map<String, String> oneNode() {
        return Map.of(
                "process.roles", "broker,controller",
                "node.id", String.valueOf(NODE_ID),
                "controller.listener.names", CONTROLLER_LISTENER,
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "offsets.topic.replication.factor", "1",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1",
                "auto.create.topics.enable", "false");
    }

    /** Few internal partitions, short timeouts of group members, no delay before a rebalance, few threads. */
    private static Map<String, String> fast() {
        Map<String, String> settings = new HashMap<>();
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("transaction.state.log.num.partitions", "2");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("group.min.session.timeout.ms", "1000");
        settings.put("group.consumer.min.session.timeout.ms", "1000");
        settings.put("group.consumer.min.heartbeat.interval.ms", "200");
        settings.put("transaction.max.timeout.ms", "300000");
        // The open transaction of a killed client blocks read_committed consumers until the broker aborts it.
        settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        settings.put("broker.heartbeat.interval.ms", "500");
        // After kill -9 the restarted broker serves only when the session of its previous process has expired.
        settings.put("broker.session.timeout.ms", "5000");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "2");
        settings.put("background.threads", "2");
        settings.put("num.recovery.threads.per.data.dir", "1");
        settings.put("log.cleaner.dedupe.buffer.size", "8388608");
        settings.put("log.index.size.max.bytes", "1048576");
        return settings;
    }
}
