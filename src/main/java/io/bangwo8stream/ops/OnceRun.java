package io.bangwo8stream.ops;

import io.bangwo8stream.config.Settings;
import io.bangwo8stream.walk.Walk;
import io.bangwo8stream.walk.WalkLedger;
import io.bangwo8stream.walk.WalkReport;
import io.quarkus.runtime.Quarkus;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.apache.camel.quarkus.main.events.AfterStop;
import org.apache.camel.quarkus.main.events.BeforeStart;
import org.jboss.logging.Logger;

/** Ends the process after one walk of every source, when {@code bangwo8.once} says so. */
@Singleton
class OnceRun {

    private static final Logger LOG = Logger.getLogger(OnceRun.class);

    private final Set<String> waitingFor = new HashSet<>();
    private final WalkReport total = new WalkReport();

    void listen(@Observes BeforeStart event, Settings settings, WalkLedger ledger) {
        if (settings.once()) {
            ledger.onEnd(this::ended);
        }
    }

    /** Says which sources are walked, before the first of them is. */
    synchronized void awaits(Collection<String> sources) {
        waitingFor.addAll(sources);
    }

    private synchronized void ended(Walk walk) {
        if (waitingFor.remove(walk.source().name())) {
            total.add(walk.report());
            if (waitingFor.isEmpty()) {
                Quarkus.asyncExit(exit());
            }
        }
    }

    /** The last line of the log: whatever else is told at the end has been told. */
    synchronized void say(@Observes AfterStop event, Settings settings) {
        if (settings.once() && waitingFor.isEmpty()) {
            LOG.infof("finished %s exit=%d", total, exit());
        }
    }

    private int exit() {
        return total.isClean() ? 0 : 1;
    }
}
