package io.bangwo8stream.scan;

import io.bangwo8stream.api.ApiException;
import io.bangwo8stream.api.ApiRejectedException;
import io.bangwo8stream.kafka.FencedException;
import io.bangwo8stream.kafka.EventStream;
import io.bangwo8stream.kafka.EventStreamRegistry;
import io.bangwo8stream.label.LabelResolver;
import io.bangwo8stream.schedule.ScanMode;
import io.bangwo8stream.schedule.ScanScheduleRegistry;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/** Judges whether a window was walked wholly, and remembers, reports or forgets what follows from that. */
@Singleton
class ScanCompletion {

    private static final Logger LOG = Logger.getLogger(ScanCompletion.class);

    /** How often a window is walked when its pages shifted, or records were missing. */
    private static final int ATTEMPTS = 3;

    private final EventStreamRegistry streams;
    private final ScanScheduleRegistry plans;
    private final LabelResolver texts;
    private final ScanMonitor ledger;

    ScanCompletion(EventStreamRegistry streams, ScanScheduleRegistry plans, LabelResolver texts, ScanMonitor ledger) {
        this.streams = streams;
        this.plans = plans;
        this.texts = texts;
        this.ledger = ledger;
    }

    /**
     * Whether the window that was walked last fell short in a way that walking it once more may mend. Otherwise it is
     * done with: remembered, where it ended well, or reported.
     *
     * @param goesOn whether the walk may go on
     */
    boolean isToBeWalkedAgain(Scan walk, BooleanSupplier goesOn) throws InterruptedException {
        PageSequence done = walk.current();
        if (done.failure() != null) {
            fail(walk, done.failure());
        } else if (done.isUnfinished()) {
            suspend(walk, goesOn);
            return false;
        }
        List<String> shortcomings = done.shortcomings();
        if (mayMend(shortcomings) && done.failure() == null && !walk.isAborted() && done.attempt() < ATTEMPTS) {
            ledger.walksAgain(walk, shortcomings);
            return true;
        }
        if (!shortcomings.isEmpty()) {
            report(walk, shortcomings);
        }
        close(walk, done);
        return false;
    }

    /** The other lists may answer; but the window is not done with. */
    private void fail(Scan walk, ApiException failure) {
        if (failure instanceof ApiRejectedException) {
            texts.cannotLearn(walk.source());
            walk.failWindow();
        } else {
            walk.abort();
        }
    }

    private static boolean mayMend(List<String> shortcomings) {
        return !Set.of(ListPages.LIST_REFUSED, ListPages.TEXTS_MISSING).containsAll(shortcomings);
    }

    private void close(Scan walk, PageSequence done) throws InterruptedException {
        walk.saw(done.seen().keySet());
        if (walk.rhythm() != ScanMode.BACKFILL) {
            walk.plan().walked();
        }
        if (done.isAnswered()) {
            walk.answered();
        }
        if (!walk.isWindowDone() && !walk.hasMore()) {
            walk.abort();
        }
        if (walk.isAborted() || walk.hasMore()) {
            return;
        }
        try {
            remember(walk);
        } catch (FencedException | KafkaException lost) {
            // The window is walked again, and must not pass for one that ended well.
            walk.abort();
            LOG.errorf("not-finished source=%s window=%s reason=%s", walk.source().name(), walk.window(), lost.getMessage());
        }
    }

    /** A backfill makes way for the newest days; anything else was ended from outside. */
    private static void suspend(Scan walk, BooleanSupplier goesOn) {
        if (goesOn.getAsBoolean() && walk.rhythm() == ScanMode.BACKFILL) {
            walk.suspend();
        } else {
            walk.abort();
        }
    }

    private void remember(Scan walk) throws InterruptedException {
        EventStream stream = streams.of(walk.source().stream());
        String source = walk.source().name();
        if (walk.rhythm() == ScanMode.BACKFILL) {
            stream.backfilled(source, walk.window().to());
            ledger.backfilled(walk, walk.plan().backfillDaysLeft(stream.backfilledTo(source)));
        } else if (walk.rhythm() == ScanMode.SWEEP && walk.source().forgets()) {
            List<String> givenUp = stream.forgetBefore(walk.window().from(),
                    plans.firstBackfillDay(walk.source().stream()), walk.listed());
            if (!givenUp.isEmpty()) {
                LOG.warnf("given-up source=%s reason=older-than-bangwo8.max-look-back records=%s", source, givenUp);
            }
        }
    }

    private void report(Scan walk, List<String> shortcomings) {
        PageSequence done = walk.current();
        ledger.fellShort(walk, shortcomings);
        LOG.warnf("fell-short source=%s rhythm=%s window=%s reasons=%s attempts=%d seen=%d count=%s cause=%s",
                walk.source().name(), walk.rhythm(), walk.window(), String.join(",", shortcomings), done.attempt(),
                done.seen().size(), done.count().isPresent() ? done.count().getAsLong() : "unknown",
                done.cause().map(ApiException::getMessage).orElse("none"));
    }
}
