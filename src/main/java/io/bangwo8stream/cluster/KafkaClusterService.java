package io.bangwo8stream.cluster;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.support.cluster.AbstractCamelClusterService;

/**
 * Leadership per stream through a Kafka consumer group, for Camel's {@code master:} component: every stream has one
 * leader among the instances that run it, and streams spread evenly over instances.
 *
 * <p>All instances of a tenant are members of the group {@code bangwo8-{tenant}-leaders}. An instance that dies is
 * replaced after {@code session}; one that stops hands over at once; one that was paused, or cannot reach the broker,
 * gives up before its session ends. Starting never waits for the broker: nothing is led until the group is reached,
 * and any error is logged once and tried again.
 *
 * <p>Rights needed in Kafka: {@code Read} on the group, {@code Describe} on the topic.
 */
public final class KafkaClusterService extends AbstractCamelClusterService<KafkaClusterView> {

    /** Short enough for a take-over within 15 s, with room for noticing it and for the route to start. */
    public static final Duration DEFAULT_SESSION = Duration.ofSeconds(8);

    private final Clock clock;
    private final Leadership leadership;
    private final Map<String, Object> settings;
    private final String topic;
    private final CopyOnWriteArrayList<KafkaClusterView> views = new CopyOnWriteArrayList<>();
    private GroupMembership membership;
    private LeadershipNotifier notifier;

    /**
     * @param connection {@code bootstrap.servers} and security settings as for any Kafka client; group settings in it
     *                   are overridden
     * @param tenant     the account's name, part of the group's
     * @param topic      an existing topic that may be described, by habit the state topic; nothing is read from it
     * @param session    how long a silent instance keeps its streams; within the broker's
     *                   {@code group.min.session.timeout.ms} (6 s unless changed) and {@code group.max.session.timeout.ms}
     * @param clock      the clock that leases are measured with
     */
    public KafkaClusterService(
            Map<String, Object> connection, String tenant, String topic, Duration session, Clock clock) {
        super("kafka-cluster-service");
        this.clock = clock;
        this.topic = topic;
        // One heartbeat shorter than the session, for the answer's way and the pause before it is looked at.
        this.leadership = new Leadership(
                MemberId.create(), new Lease(session.multipliedBy(3).dividedBy(4), clock));
        this.settings = GroupSettings.of(connection, tenant, session, leadership);
    }

    /** This instance's id in the group, {@code host-pid-random}. */
    public String memberId() {
        return leadership.member();
    }

    @Override
    protected KafkaClusterView createView(String namespace) {
        KafkaClusterView view = new KafkaClusterView(this, namespace, leadership, clock);
        views.add(view);
        return view;
    }

    @Override
    protected void doStart() throws Exception {
        notifier = new LeadershipNotifier(leadership, views);
        membership = new GroupMembership(leadership, settings, topic);
        notifier.start();
        membership.start();
        super.doStart();
    }

    /** Lets go of every namespace, tells the listeners, and leaves the group, each within a few seconds. */
    @Override
    protected void doStop() throws Exception {
        super.doStop();
        try {
            notifier.stop();
        } finally {
            membership.stop();
        }
    }
}
