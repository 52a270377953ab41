package io.bangwo8stream.cluster;

import io.bangwo8stream.cluster.LeadershipStatus.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.logging.Logger;

// Longer than most classes: one lock must guard every query, or two threads could see two leaders.
/**
 * What this instance wants to lead and what it leads; the Kafka thread, the notifier thread and all callers share it.
 *
 * <p>Leadership is a lease: it lapses when the group has not responded for too long, so that a process that was paused,
 * or cannot reach the broker, stops leading in time.
 */
final class Leadership {

    private static final Logger LOG = Logger.getLogger(Leadership.class);

    private final String member;
    private final Lease lease;
    private final Candidacy candidacy;
    private final GroupProtocolState protocol;
    private final Set<String> wanted = new TreeSet<>();
    private int mostWanted;
    /** Namespaces whose listeners were notified that this instance leads, and not yet that it does not. */
    private final Set<String> notified = new TreeSet<>();

    private LeaderAssignment assignment = LeaderAssignment.NONE;
    /** Why this instance is no member of the group; null while it is one, or when nothing is known. */
    private GroupDiagnosis.Explanation explanation;

    private boolean lapsed = true;
    private long version;
    private Runnable wakeUp = () -> {};

    Leadership(String member, Lease lease, Candidacy candidacy) {
        this.member = member;
        this.lease = lease;
        this.candidacy = candidacy;
        this.protocol = new GroupProtocolState(member);
    }

    String member() {
        return member;
    }

    /** Sets what wakes the Kafka thread; it runs while this object is locked. */
    synchronized void onChange(Runnable newWakeUp) {
        wakeUp = newWakeUp;
    }

    synchronized void want(String namespace) {
        if (isIdle()) {
            lease.restart();
            lapsed = false;
            mostWanted = 0;
        }
        wanted.add(namespace);
        mostWanted = Math.max(mostWanted, wanted.size());
        signalChange();
    }

    synchronized void release(String namespace) {
        wanted.remove(namespace);
        signalChange();
    }

    /** Whether this instance wants no namespace, and every listener knows that it leads none. */
    synchronized boolean isIdle() {
        return wanted.isEmpty() && notified.isEmpty();
    }

    synchronized boolean leads(String namespace) {
        return leaderOf(namespace).filter(member::equals).isPresent();
    }

    /** The leader in the last assignment; empty while there is none, or unknown because the lease has expired. */
    synchronized Optional<String> leaderOf(String namespace) {
        lapseIfLeaseExpired();
        return assignment.of(namespace).filter(leader -> !leader.equals(member) || wanted.contains(namespace));
    }

    synchronized Set<String> members() {
        lapseIfLeaseExpired();
        return assignment.members();
    }

    /** The leader for the listeners; if it is this instance, it holds the namespace until {@link #confirmReleased}. */
    synchronized Optional<String> leaderToReport(String namespace) {
        Optional<String> leader = leaderOf(namespace);
        if (leader.filter(member::equals).isPresent()) {
            notified.add(namespace);
        }
        return leader;
    }

    /** Confirms that every listener knows that this instance does not lead, so that another one may take over. */
    synchronized void confirmReleased(String namespace) {
        if (notified.remove(namespace)) {
            signalChange();
        }
    }

    /** The claim for the join that is about to be sent. */
    synchronized Claim claim() {
        return protocol.claim(wanted, mostWanted, held(), candidacy.report());
    }

    synchronized void apply(LeaderAssignment newAssignment, int generation) {
        Set<String> before = assignment.ledBy(member);
        Set<String> now = newAssignment.ledBy(member);
        warnOfUnledStreams(assignment, newAssignment);
        assignment = newAssignment;
        lapsed = false;
        explanation = null;
        if (newAssignment.stateFormat() > candidacy.format()) {
            candidacy.foundStateFormat(newAssignment.stateFormat());
        }
        lease.renew();
        protocol.completeJoin(now, generation);
        if (!before.equals(now)) {
            LOG.infof(
                    "leadership-changed member=%s leads=%s instances=%d",
                    member, new TreeSet<>(now), assignment.members().size());
        }
        wakeWaiters();
        if (protocol.needsNewClaim(isClaimOutdated(), wanted, held())) {
            // The Kafka thread would otherwise wait for the end of its poll before it joins again.
            wakeUp.run();
        }
    }

    private void warnOfUnledStreams(LeaderAssignment before, LeaderAssignment now) {
        Set<String> unled = new TreeSet<>(wanted);
        unled.retainAll(now.unwanted());
        if (!unled.isEmpty() && !before.unwanted().equals(now.unwanted())) {
            LOG.warnf(
                    "stream-unled member=%s streams=%s: the instance that leads the streams of this account does not "
                            + "run these; give all instances the same sources",
                    member, unled);
        }
    }

    /** Who leads a namespace, or why this instance knows of no leader. */
    synchronized LeadershipStatus status(String namespace) {
        Optional<String> leader = leaderOf(namespace);
        if (leader.isPresent()) {
            return LeadershipStatus.led(leader.get(), leader.get().equals(member));
        }
        if (explanation != null) {
            return LeadershipStatus.unled(explanation.reason(), explanation.detail());
        }
        if (candidacy.isOutdated()) {
            return LeadershipStatus.unled(
                    Reason.STATE_FORMAT_NEWER,
                    "the states have the format " + candidacy.stateFormat() + ", but this version reads formats up to "
                            + candidacy.format() + ": start the version that wrote them, or a newer one");
        }
        if (assignment.unwanted().contains(namespace)) {
            return LeadershipStatus.unled(
                    Reason.STREAM_UNLED,
                    "the instance that leads the streams of this account does not run this one: give all instances the"
                            + " same sources");
        }
        return LeadershipStatus.unled(Reason.ELECTING, "");
    }

    /** Notes why this instance is no member of the group; returns whether that is news. */
    synchronized boolean groupFailed(GroupDiagnosis.Explanation newExplanation) {
        boolean isNew = !newExplanation.equals(explanation);
        explanation = newExplanation;
        return isNew;
    }

    /** Whether the group has decided with this instance, and the decision still holds. */
    synchronized boolean isMember() {
        lapseIfLeaseExpired();
        return !lapsed && !assignment.members().isEmpty();
    }

    /** Lets the group decide again when this instance has become able or unable to lead. */
    synchronized void reconsider() {
        if (isClaimOutdated()) {
            signalChange();
        }
    }

    /** A group of one decides the same whatever its only member reports, unless that must not lead. */
    private boolean isClaimOutdated() {
        return lapsed
                || protocol.isNews(candidacy.report()) && (assignment.members().size() > 1 || candidacy.isOutdated());
    }

    /** Notes that waiting for the next responses of the group begins now. */
    synchronized void startWaiting() {
        lapseIfLeaseExpired();
        lease.startWaiting();
    }

    /** Notes that the group's coordinator has responded since {@link #startWaiting}. */
    synchronized void renewLease() {
        lapseIfLeaseExpired();
        lease.renew();
    }

    /** Whether the group needs a new claim; true once for each change. */
    synchronized boolean takeRejoinRequest() {
        return protocol.requestRejoin(isClaimOutdated(), wanted, held());
    }

    /** Notes that this instance has left the group, on purpose or after an error. */
    synchronized void markLeft() {
        assignment = LeaderAssignment.NONE;
        lapsed = true;
        protocol.reset();
        wakeWaiters();
    }

    /** Ends every current {@link #awaitChange}. */
    synchronized void wakeWaiters() {
        version++;
        notifyAll();
    }

    /**
     * Waits until the state is newer than {@code seenVersion}, or {@code timeout} has passed.
     *
     * @return the current version
     */
    synchronized long awaitChange(long seenVersion, Duration timeout) throws InterruptedException {
        if (version == seenVersion) {
            wait(timeout.toMillis());
        }
        return version;
    }

    private Set<String> held() {
        Set<String> held = new TreeSet<>(notified);
        wanted.stream().filter(this::leads).forEach(held::add);
        return held;
    }

    private void lapseIfLeaseExpired() {
        if (!lapsed && lease.isExpired()) {
            LOG.warnf(
                    "leadership-lapsed member=%s led=%s silentMs=%d: no response from the group's coordinator, or "
                            + "this process was paused; it rejoins automatically",
                    member, assignment.ledBy(member), lease.sinceRenewal().toMillis());
            assignment = LeaderAssignment.NONE;
            lapsed = true;
            signalChange();
        }
    }

    private void signalChange() {
        wakeWaiters();
        wakeUp.run();
    }
}
