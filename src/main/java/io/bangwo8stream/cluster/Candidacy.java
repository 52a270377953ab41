package io.bangwo8stream.cluster;

import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/** What makes this instance able or unable to lead; its claims carry it to the group. Thread-safe. */
public final class Candidacy {

    private static final Logger LOG = Logger.getLogger(Candidacy.class);
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final String login;
    private final int format;
    private final LongSupplier nanoTime;
    private boolean answered;
    private long lastSuccess;
    private int failures;
    private boolean refused;
    private int stateFormat;
    private long routesRevision;
    private Runnable listener = () -> {};

    /**
     * @param login  a hash of the API's origin and the login name
     * @param format the newest format of states that this version reads
     */
    public Candidacy(String login, int format) {
        this(login, format, System::nanoTime);
    }

    Candidacy(String login, int format, LongSupplier nanoTime) {
        this.login = login;
        this.format = format;
        this.nanoTime = nanoTime;
    }

    synchronized void onChange(Runnable newListener) {
        listener = newListener;
    }

    /** The API has answered a scan or a probe. */
    public void succeeded() {
        MemberReport before;
        synchronized (this) {
            before = report();
            answered = true;
            lastSuccess = nanoTime.getAsLong();
            failures = 0;
            refused = false;
        }
        changed(before, "");
    }

    /** A scan or a probe has failed, with all its retries. */
    public void failed(String reason) {
        fail(false, reason);
    }

    /** The API has refused the login of a scan or a probe. */
    public void refused(String reason) {
        fail(true, reason);
    }

    private void fail(boolean refusal, String reason) {
        MemberReport before;
        synchronized (this) {
            before = report();
            // Beyond the limit it only has to stay an int.
            failures = Math.min(failures + 1, 1_000_000);
            refused = refusal;
        }
        changed(before, reason);
    }

    /** The state topic contains, or a leader writes, states of this format. */
    public void foundStateFormat(int found) {
        MemberReport before;
        synchronized (this) {
            before = report();
            stateFormat = Math.max(stateFormat, found);
        }
        changed(before, "");
    }

    /** The routes of this instance have this revision now; a newer one is greater. */
    public void routesRevision(long revision) {
        MemberReport before;
        synchronized (this) {
            before = report();
            routesRevision = revision;
        }
        changed(before, "");
    }

    /** Whether the API answers this instance: the last scan or probe succeeded, or failed only once or twice. */
    public boolean isAnswered() {
        return report().isAnswered();
    }

    /** Whether the API has answered this instance since its start. */
    public synchronized boolean wasAnswered() {
        return answered;
    }

    /** Whether the last failure was a refusal of the login. */
    public synchronized boolean isRefused() {
        return refused;
    }

    /** The newest format of states that this version reads. */
    public int format() {
        return format;
    }

    /** The newest format of states that was found. */
    public synchronized int stateFormat() {
        return stateFormat;
    }

    /** Whether states are newer than this version reads, so that it cannot lead. */
    public synchronized boolean isOutdated() {
        return stateFormat > format;
    }

    synchronized MemberReport report() {
        long age = answered ? Math.max(0, nanoTime.getAsLong() - lastSuccess) / NANOS_PER_SECOND : -1;
        return new MemberReport(login, age, failures, refused, format, stateFormat, routesRevision);
    }

    private void changed(MemberReport before, String reason) {
        MemberReport now = report();
        if (!now.differsFrom(before)) {
            return;
        }
        if (now.stateFormat() > format && before.stateFormat() <= format) {
            LOG.errorf(
                    "state-format-newer format=%d reads=%d: this version does not read the states that a newer one has"
                            + " written, and leads no stream; update this instance",
                    now.stateFormat(), format);
        }
        if (before.isAnswered() && !now.isAnswered()) {
            LOG.warnf(
                    "api-unanswered failures=%d reason=%s: another instance that the API answers leads the streams"
                            + " instead; without one, this instance goes on",
                    now.failures(), reason);
        } else if (!before.isAnswered() && now.isAnswered() && before.failures() > 0) {
            LOG.info("api-answered: this instance is able to lead the streams again");
        }
        runListener();
    }

    private void runListener() {
        Runnable current;
        synchronized (this) {
            current = listener;
        }
        current.run();
    }
}
