package io.bangwo8stream.cluster;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.logging.Logger;

// Longer than most: every answer must be seen under one lock, or two threads could see two leaders.
/**
 * What this instance wants to lead and leads; shared by the thread that speaks with Kafka, the one that tells
 * listeners, and whoever asks.
 *
 * <p>Leadership is a lease: it lapses by itself when the group was not heard of for too long, so that a process that
 * was paused, or is cut off from the broker, stops believing in time that it leads.
 */
final class Leadership {

    private static final Logger LOG = Logger.getLogger(Leadership.class);

    private final String member;
    private final Lease lease;
    private final GroupProtocolState protocol;
    private final Set<String> wanted = new TreeSet<>();
    /** Namespaces whose listeners were told that they lead, and not yet that they lost. */
    private final Set<String> notified = new TreeSet<>();

    private LeaderAssignment leaders = LeaderAssignment.NONE;
    private boolean lapsed = true;
    private long version;
    private Runnable wakeUp = () -> {};

    Leadership(String member, Lease lease) {
        this.member = member;
        this.lease = lease;
        this.protocol = new GroupProtocolState(member);
    }

    String member() {
        return member;
    }

    /** Sets what wakes the Kafka thread; it is run under this object's lock. */
    synchronized void onChange(Runnable newWakeUp) {
        wakeUp = newWakeUp;
    }

    synchronized void want(String namespace) {
        if (isIdle()) {
            lease.restart();
            lapsed = false;
        }
        wanted.add(namespace);
        changed();
    }

    synchronized void release(String namespace) {
        wanted.remove(namespace);
        changed();
    }

    /** Nothing is wanted and nobody believes that something is led here. */
    synchronized boolean isIdle() {
        return wanted.isEmpty() && notified.isEmpty();
    }

    synchronized boolean leads(String namespace) {
        return leaderOf(namespace).filter(member::equals).isPresent();
    }

    /** The leader as last heard; nobody while that is open, or unknown because the lease ran out. */
    synchronized Optional<String> leaderOf(String namespace) {
        lapseWhenDue();
        return leaders.of(namespace).filter(leader -> !leader.equals(member) || wanted.contains(namespace));
    }

    synchronized Set<String> members() {
        lapseWhenDue();
        return leaders.members();
    }

    /** The leader, to tell it to listeners; when it is this instance, the namespace is held until {@link #confirmReleased}. */
    synchronized Optional<String> leaderToReport(String namespace) {
        Optional<String> leader = leaderOf(namespace);
        if (leader.filter(member::equals).isPresent()) {
            notified.add(namespace);
        }
        return leader;
    }

    /** Every listener of the namespace knows that it is not led here, so that another instance may have it. */
    synchronized void confirmReleased(String namespace) {
        if (notified.remove(namespace)) {
            changed();
        }
    }

    /** What is to be said in the join that is about to be sent. */
    synchronized Claim claim() {
        return protocol.claim(wanted, held());
    }

    synchronized void decided(LeaderAssignment decision, int generation) {
        Set<String> before = leaders.ledBy(member);
        Set<String> now = decision.ledBy(member);
        leaders = decision;
        lapsed = false;
        lease.heard();
        protocol.assigned(now, generation);
        if (!before.equals(now)) {
            LOG.infof(
                    "leadership-changed member=%s leads=%s instances=%d",
                    member, now, leaders.members().size());
        }
        wakeWaiters();
    }

    /** The next answers are waited for from now on. */
    synchronized void listening() {
        lapseWhenDue();
        lease.listening();
    }

    /** The group's coordinator answered since {@link #listening}. */
    synchronized void heard() {
        lapseWhenDue();
        lease.heard();
    }

    /** Whether the group has to be told something new; true once for each such need. */
    synchronized boolean takeRejoin() {
        return protocol.askToJoinAgain(lapsed, wanted, held());
    }

    /** This instance is no member of the group any more, by its own will or for an error. */
    synchronized void left() {
        leaders = LeaderAssignment.NONE;
        lapsed = true;
        protocol.end();
        wakeWaiters();
    }

    /** Makes waiting threads look again. */
    synchronized void wakeWaiters() {
        version++;
        notifyAll();
    }

    /**
     * Waits until something changed since a version, at most so long.
     *
     * @return the version now
     */
    synchronized long awaitChange(long seen, Duration atMost) throws InterruptedException {
        if (version == seen) {
            wait(atMost.toMillis());
        }
        return version;
    }

    private Set<String> held() {
        Set<String> held = new TreeSet<>(notified);
        wanted.stream().filter(this::leads).forEach(held::add);
        return held;
    }

    private void lapseWhenDue() {
        if (!lapsed && lease.isOver()) {
            LOG.warnf(
                    "leadership-lapsed member=%s led=%s silentMs=%d: no answer from the group's coordinator, or "
                            + "this process stood still; it joins again by itself",
                    member, leaders.ledBy(member), lease.silence().toMillis());
            leaders = LeaderAssignment.NONE;
            lapsed = true;
            changed();
        }
    }

    private void changed() {
        wakeWaiters();
        wakeUp.run();
    }
}
