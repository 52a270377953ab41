package io.bangwo8stream.standin;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** Answers the API's calls: logs, misbehaves as told, checks who calls, lets the endpoint answer. */
final class ApiHandler implements HttpHandler {

    private static final String UNKNOWN = "unknown";

    private final HelpDesk desk;
    private final Access access;
    private final Faults faults;
    private final RequestLog log;
    private final Router router;

    ApiHandler(HelpDesk desk, Access access, Faults faults, RequestLog log) {
        this.desk = desk;
        this.access = access;
        this.faults = faults;
        this.log = log;
        router = new Router(desk, access);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        Call call = read(exchange);
        Optional<Router.Route> route = router.route(call);
        String name = route.map(found -> found.endpoint().name()).orElse(UNKNOWN);
        log.begin(entry(name, call));
        try {
            answer(exchange, route, name, call);
        } finally {
            log.end();
            exchange.close();
        }
    }

    private static Call read(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String query = exchange.getRequestURI().getRawQuery();
        // The token call's fields come as a form.
        return Call.of(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                form.isEmpty() ? query : form,
                exchange.getRequestHeaders());
    }

    private static RequestLog.Entry entry(String name, Call call) {
        Headers headers = call.headers();
        boolean form = call.method().equals("POST");
        return new RequestLog.Entry(
                Instant.now(),
                name,
                call.method(),
                call.path(),
                form ? "" : call.query(),
                headers.containsKey("Authorization"),
                Optional.ofNullable(headers.getFirst("Host")).orElse(""),
                Optional.ofNullable(headers.getFirst("Requestid")).orElse(""));
    }

    private void answer(HttpExchange exchange, Optional<Router.Route> route, String name, Call call)
            throws IOException {
        Misbehaviour misbehaviour = new Misbehaviour(desk, faults.hitting(name, call));
        pause(faults.latency().toMillis() + misbehaviour.delayMillis());
        Answer answer = misbehaviour.replacement().orElseGet(() -> answer(route, misbehaviour));
        new ResponseWriter(exchange).send(answer, misbehaviour.onTheWire());
    }

    private Answer answer(Optional<Router.Route> route, Misbehaviour misbehaviour) {
        if (route.isEmpty()) {
            return Answer.errcode("100047", "Invalid resource URI");
        }
        Endpoint endpoint = route.get().endpoint();
        Optional<Answer> refusal = endpoint.name().equals(Endpoint.TOKEN)
                ? Optional.empty()
                : access.refusal(route.get().call(), endpoint.administrator());
        return refusal.orElseGet(
                () -> handled(endpoint, misbehaviour.twisted(route.get().call())));
    }

    private static Answer handled(Endpoint endpoint, Call call) {
        try {
            return endpoint.handler().apply(call);
        } catch (RuntimeException e) {
            // A mistake of the stand-in itself must not look like a fault that a test asked for.
            return Answer.html(500, "the stand-in failed: " + e);
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
