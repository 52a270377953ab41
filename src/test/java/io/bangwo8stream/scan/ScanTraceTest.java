package io.bangwo8stream.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.trace.Traces;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ScanTraceTest {

    @RegisterExtension
    static final OpenTelemetryExtension TELEMETRY = OpenTelemetryExtension.create();

    private final Scan scan = TestSource.scan(TestSource.remoteRecords());
    private final ScanTrace trace = new ScanTrace(new Traces(TELEMETRY.getOpenTelemetry()), "remote-records");

    @BeforeEach
    void traceTheScan() {
        scan.trace(trace);
    }

    @Test
    void aPageEndsOnceItIsCommittedAndStatesItsNumberAndItsWindow() {
        scan.ended(page(3));

        assertThat(TELEMETRY.getSpans()).singleElement().satisfies(page -> {
            assertThat(page.getParentSpanId())
                    .isEqualTo(trace.turn().getSpanContext().getSpanId());
            assertThat(attributes(page))
                    .contains("bangwo8.page=3", "bangwo8.records=0", "bangwo8.mode=sweep", "bangwo8.window=2026-01-");
        });
    }

    @Test
    void aPageThatTheApiDidNotSendIsAnError() {
        scan.ended(page(0));

        assertThat(TELEMETRY.getSpans()).extracting(ScanTraceTest::status).containsExactly(StatusCode.ERROR);
    }

    @Test
    void aPageOfLateRecordsHasNoSpanAndDoesNotEndTheTurn() {
        scan.ended(new FetchedPage(scan, 1, List.of(), trace.turn()));

        assertThat(TELEMETRY.getSpans()).isEmpty();
        assertThat(trace.turn().isRecording()).isTrue();
    }

    @Test
    void theTurnEndsThePagesThatWereGivenUpAndStatesWhatItHasDone() {
        Span page = page(1).span();
        scan.report().seen(4);
        scan.report().committed(3, 0, 0, 1);
        scan.abort("the broker went away, and the text says for whom");

        trace.ended(scan);

        assertThat(page.isRecording()).isFalse();
        assertThat(TELEMETRY.getSpans()).extracting(ScanTraceTest::status).containsOnly(StatusCode.ERROR);
        assertThat(attributes(TELEMETRY.getSpans().get(1)))
                .contains("bangwo8.seen=4", "bangwo8.published=3", "bangwo8.failed=1", "bangwo8.complete=false")
                .doesNotContain("broker");
    }

    @Test
    void aTurnWithoutAnythingDueIsNoScan() {
        scan.idle();

        trace.ended(scan);

        assertThat(TELEMETRY.getSpans()).isEmpty();
    }

    private FetchedPage page(int number) {
        return new FetchedPage(
                scan, number, List.of(), trace.page(scan.current().due()));
    }

    private static StatusCode status(SpanData span) {
        return span.getStatus().getStatusCode();
    }

    private static String attributes(SpanData span) {
        return span.getAttributes().asMap().toString();
    }
}
