package io.bangwo8stream.cluster;

import io.bangwo8stream.time.MonotonicTime;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.apache.camel.support.cluster.AbstractCamelClusterService;

/**
 * Elects the leader of an account's streams through a Kafka consumer group, for Camel's {@code master:} component: one
 * instance leads all streams, because the API's limits apply to the account; the others stand by.
 *
 * <p>All instances of a tenant are members of the group {@code bangwo8-{tenant}-leaders}. Another
 * instance replaces one that dies after {@code session}, and one that stops at once. An instance that was paused, or
 * cannot reach the broker, stops leading before its session ends. The start never waits for the broker: the instance
 * leads nothing until it reaches the group, logs an error once and retries.
 *
 * <p>Rights needed in Kafka: {@code Read} on the group, {@code Describe} on the topic.
 */
public final class KafkaClusterService extends AbstractCamelClusterService<KafkaClusterView> {

    /** Short enough for a takeover within 15 s, including its detection and the start of the route. */
    public static final Duration DEFAULT_SESSION = Duration.ofSeconds(8);

    private final Leadership leadership;
    private final Candidacy candidacy;
    private final GroupDiagnosis diagnosis;
    private final Map<String, Object> settings;
    private final String topic;
    private final CopyOnWriteArrayList<KafkaClusterView> views = new CopyOnWriteArrayList<>();
    private volatile Predicate<String> busy = namespace -> false;
    private volatile GroupMembership membership;
    private LeadershipNotifier notifier;

    /**
     * @param connection {@code bootstrap.servers} and security settings as for any Kafka client; group settings in it
     *                   are overridden
     * @param tenant     name of the account, part of the group id
     * @param topic      an existing topic that this client may describe, usually the state topic; it is not read
     * @param session    how long an instance without heartbeats keeps its streams; must lie within the broker's
     *                   {@code group.min.session.timeout.ms} (default 6 s) and {@code group.max.session.timeout.ms}
     * @param clock      the time that measures the lease
     * @param candidacy  what makes this instance able or unable to lead
     * @param diagnosis  explains why the group cannot be used
     */
    public KafkaClusterService(
            Map<String, Object> connection,
            String tenant,
            String topic,
            Duration session,
            MonotonicTime clock,
            Candidacy candidacy,
            GroupDiagnosis diagnosis) {
        super("kafka-cluster-service");
        this.topic = topic;
        this.candidacy = candidacy;
        this.diagnosis = diagnosis;
        // One heartbeat shorter than the session: a response needs time to arrive and to be read.
        this.leadership = new Leadership(
                MemberId.create(), new Lease(session.multipliedBy(3).dividedBy(4), clock), candidacy);
        this.settings = GroupSettings.of(connection, tenant, session, leadership);
    }

    /** Id of this instance in the group, {@code host-pid-random}. */
    public String memberId() {
        return leadership.member();
    }

    /** The member that leads {@code namespace} in the last assignment; empty while there is none, or it is unknown. */
    public Optional<String> leaderOf(String namespace) {
        return leadership.leaderOf(namespace);
    }

    /** Who leads {@code namespace}, or why this instance knows of no leader. */
    public LeadershipStatus status(String namespace) {
        return leadership.status(namespace);
    }

    /**
     * Sets when a lost namespace must not be released yet; another instance leads only after its release.
     *
     * @param newBusy whether this instance still sends requests for a namespace that it no longer leads; called often
     */
    public void holdWhile(Predicate<String> newBusy) {
        busy = newBusy;
    }

    /** Joins the group again with a new client, because the clock was set back with which the present one measures pauses. */
    public void rejoin() {
        GroupMembership current = membership;
        if (current != null) {
            current.rejoin();
        }
    }

    @Override
    protected KafkaClusterView createView(String namespace) {
        KafkaClusterView view = new KafkaClusterView(this, namespace, leadership, lost -> busy.test(lost));
        views.add(view);
        return view;
    }

    @Override
    protected void doStart() throws Exception {
        membership = new GroupMembership(leadership, settings, topic, diagnosis);
        notifier = new LeadershipNotifier(leadership, views, membership::rejoinIfSilent);
        candidacy.onChange(leadership::reconsider);
        notifier.start();
        membership.start();
        super.doStart();
    }

    /** Releases every namespace, notifies the listeners and leaves the group, each within a few seconds. */
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
