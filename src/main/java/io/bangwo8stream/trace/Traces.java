package io.bangwo8stream.trace;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import jakarta.inject.Singleton;
import org.apache.camel.Exchange;

/**
 * Starts spans, which do nothing while {@code quarkus.otel.sdk.disabled} is true. They name sources, windows, endpoints and
 * outcomes only: no id, no query, no error text, which may repeat what a customer wrote, and no login.
 */
@Singleton
public class Traces {

    /** Records nothing. */
    public static final Traces OFF = new Traces(OpenTelemetry.noop());

    /** Variable of an exchange with what its calls belong to. */
    private static final String PAGE = "page";

    /** Variable of an exchange with the span that its call belongs to, where that is no page. */
    private static final String PARENT = "parentSpan";

    /** Variable of an exchange with the span of the request that is on its way. */
    private static final String CALL = "callSpan";

    private static final AttributeKey<String> SOURCE = AttributeKey.stringKey("bangwo8.source");
    private static final AttributeKey<String> MODE = AttributeKey.stringKey("bangwo8.mode");
    private static final AttributeKey<String> WINDOW = AttributeKey.stringKey("bangwo8.window");
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("bangwo8.outcome");
    private static final AttributeKey<String> ENDPOINT = AttributeKey.stringKey("url.template");
    private static final AttributeKey<Long> RETRIES = AttributeKey.longKey("http.request.resend_count");

    private final Tracer tracer;

    public Traces(OpenTelemetry telemetry) {
        this.tracer = telemetry.getTracer("io.bangwo8stream");
    }

    /** Starts the span of a turn of {@code source}: a trace of its own. */
    public Span scan(String source) {
        return start("scan " + source, Span.getInvalid())
                .setAttribute(SOURCE, source)
                .startSpan();
    }

    /** Starts the span of a page of {@code window}. */
    public Span page(Span scan, String source, Object mode, Object window) {
        return start("page " + source, scan)
                .setAttribute(SOURCE, source)
                .setAttribute(MODE, mode.toString())
                .setAttribute(WINDOW, window.toString())
                .startSpan();
    }

    /** Makes the current span of this thread the parent of the calls of {@code exchange}. */
    public static void adopt(Exchange exchange) {
        exchange.setVariable(PARENT, Span.current());
    }

    /**
     * Starts the span of a request of {@code exchange}.
     *
     * @param endpoint with a placeholder instead of an id
     * @param retries  how often the call was sent before
     */
    public void sending(Exchange exchange, String endpoint, int retries) {
        Span call = start("call " + endpoint, parent(exchange))
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute(ENDPOINT, endpoint)
                .setAttribute(RETRIES, (long) retries)
                .startSpan();
        exchange.setVariable(CALL, call);
    }

    /** Records that the request of {@code exchange} has waited for the budget, and is sent now. */
    public static void sent(Exchange exchange) {
        if (exchange.getVariable(CALL) instanceof Span call) {
            call.addEvent("sent");
        }
    }

    /** Ends the span of the request of {@code exchange}. */
    public static void ended(Exchange exchange, String outcome, boolean failed) {
        if (exchange.removeVariable(CALL) instanceof Span call) {
            call.setAttribute(OUTCOME, outcome);
            if (failed) {
                call.setStatus(StatusCode.ERROR);
            }
            call.end();
        }
    }

    private SpanBuilder start(String name, Span parent) {
        return tracer.spanBuilder(name).setParent(Context.root().with(parent));
    }

    private static Span parent(Exchange exchange) {
        if (exchange.getVariable(PARENT) instanceof Span parent) {
            return parent;
        }
        return exchange.getVariable(PAGE) instanceof Traced page ? page.span() : Span.getInvalid();
    }
}
