package io.bangwo8stream.scan;

import io.bangwo8stream.schedule.ScanSchedule;
import io.bangwo8stream.trace.Traces;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The spans of one turn and of its pages. Thread-safe. */
final class ScanTrace {

    /** Before a turn starts, and in tests. */
    static final ScanTrace NONE = new ScanTrace(Traces.OFF, "", Span.getInvalid());

    private final Traces traces;
    private final String source;
    private final Span turn;
    private final Set<Span> pages = ConcurrentHashMap.newKeySet();

    ScanTrace(Traces traces, String source) {
        this(traces, source, traces.scan(source));
    }

    private ScanTrace(Traces traces, String source, Span turn) {
        this.traces = traces;
        this.source = source;
        this.turn = turn;
    }

    /** The span of the turn. */
    Span turn() {
        return turn;
    }

    /** Starts the span of a page. */
    Span page(ScanSchedule.Due due) {
        Span page = traces.page(turn, source, due.mode(), due.window());
        if (page.isRecording()) {
            pages.add(page);
        }
        return page;
    }

    /** Ends the span of a page, if the page has one. */
    void ended(FetchedPage page) {
        if (pages.remove(page.span())) {
            if (!page.isReceived()) {
                page.span().setStatus(StatusCode.ERROR);
            }
            page.span()
                    .setAttribute("bangwo8.page", page.number())
                    .setAttribute("bangwo8.records", page.records().size())
                    .end();
        }
    }

    /** Ends the span of the turn, unless nothing was due: such a turn is no scan. */
    void ended(Scan scan) {
        // Of pages that were given up.
        pages.forEach(page -> page.setStatus(StatusCode.ERROR).end());
        if (scan.isIdle() || !turn.isRecording()) {
            return;
        }
        scan.lastDue()
                .ifPresent(due -> turn.setAttribute("bangwo8.mode", due.mode().toString()));
        scan.report().describe(turn);
        if (scan.failure().isPresent()) {
            turn.setStatus(StatusCode.ERROR);
        }
        turn.end();
    }
}
