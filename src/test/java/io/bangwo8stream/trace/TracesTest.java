package io.bangwo8stream.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TracesTest {

    @RegisterExtension
    static final OpenTelemetryExtension TELEMETRY = OpenTelemetryExtension.create();

    private final Traces traces = new Traces(TELEMETRY.getOpenTelemetry());
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    private final Span scan = traces.scan("tickets");
    private final Span page = traces.page(scan, "tickets", "sweep", "2026-01-01..2026-01-02");

    @Test
    void aCallOfAPagesExchangeBelongsToThePage() {
        exchange.setVariable("page", (Traced) () -> page);

        call("ok", false);

        assertThat(call().getParentSpanId()).isEqualTo(page.getSpanContext().getSpanId());
        assertThat(call().getTraceId()).isEqualTo(scan.getSpanContext().getTraceId());
    }

    @Test
    void aCallOfAnExchangeOfItsOwnBelongsToTheSpanOfItsCaller() {
        Scope current = scan.makeCurrent();
        Traces.adopt(exchange);
        current.close();

        call("ok", false);

        assertThat(call().getParentSpanId()).isEqualTo(scan.getSpanContext().getSpanId());
    }

    @Test
    void aCallOfNoScanIsATraceOfItsOwn() {
        Traces.adopt(exchange);

        call("ok", false);

        assertThat(call().getParentSpanContext().isValid()).isFalse();
    }

    @Test
    void eachRequestOfACallHasASpanThatStatesTheOutcomeAndTheRetries() {
        traces.sending(exchange, "/list.json", 0);
        Traces.ended(exchange, "503", true);
        traces.sending(exchange, "/list.json", 1);
        Traces.sent(exchange);
        Traces.ended(exchange, "ok", false);

        assertThat(TELEMETRY.getSpans())
                .extracting(span -> span.getStatus().getStatusCode())
                .containsExactly(StatusCode.ERROR, StatusCode.UNSET);
        assertThat(TELEMETRY.getSpans())
                .extracting(TracesTest::attributes)
                .containsExactly(
                        Map.of("url.template", "/list.json", "http.request.resend_count", 0L, "bangwo8.outcome", "503"),
                        Map.of("url.template", "/list.json", "http.request.resend_count", 1L, "bangwo8.outcome", "ok"));
        assertThat(TELEMETRY.getSpans().get(1).getEvents()).hasSize(1);
    }

    @Test
    void aRequestThatWasNotSentEndsNoOtherSpan() {
        call("ok", false);

        Traces.sent(exchange);
        Traces.ended(exchange, "unreachable", true);

        assertThat(call().getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    }

    @Test
    void recordsNothingWhileTracesAreOff() {
        Span off = Traces.OFF.scan("tickets");
        Traces.OFF.sending(exchange, "/list.json", 0);
        Traces.ended(exchange, "ok", false);

        assertThat(off.isRecording()).isFalse();
        assertThat(TELEMETRY.getSpans()).isEmpty();
    }

    private void call(String outcome, boolean failed) {
        traces.sending(exchange, "/list.json", 0);
        Traces.ended(exchange, outcome, failed);
    }

    private static Map<String, Object> attributes(SpanData span) {
        Map<String, Object> attributes = new HashMap<>();
        span.getAttributes().forEach((key, value) -> attributes.put(key.getKey(), value));
        return attributes;
    }

    private static SpanData call() {
        assertThat(TELEMETRY.getSpans()).hasSize(1);
        return TELEMETRY.getSpans().get(0);
    }
}
