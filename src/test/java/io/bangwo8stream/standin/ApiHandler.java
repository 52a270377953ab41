package io.bangwo8stream.standin;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** Handles the API's requests: logs them, applies faults, checks the credentials, and calls the endpoint. */
final class ApiHandler implements HttpHandler {

    private static final String UNKNOWN_ENDPOINT = "unknown";

    private final HelpDesk desk;
    private final AccessControl accessControl;
    private final FaultInjector faults;
    private final RequestLog log;
    private final Router router;

    ApiHandler(HelpDesk desk, AccessControl accessControl, FaultInjector faults, RequestLog log) {
        this.desk = desk;
        this.accessControl = accessControl;
        this.faults = faults;
        this.log = log;
        router = new Router(desk, accessControl);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        StandInRequest request = read(exchange);
        Optional<Router.Route> route = router.route(request);
        String name = route.map(found -> found.endpoint().name()).orElse(UNKNOWN_ENDPOINT);
        log.begin(entry(name, request));
        try {
            respond(exchange, route, name, request);
        } finally {
            log.end();
            exchange.close();
        }
    }

    private static StandInRequest read(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String query = exchange.getRequestURI().getRawQuery();
        // The token request has its parameters in a form.
        return StandInRequest.of(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                form.isEmpty() ? query : form,
                exchange.getRequestHeaders());
    }

    private static RequestLog.Entry entry(String name, StandInRequest request) {
        Headers headers = request.headers();
        boolean form = request.method().equals("POST");
        return new RequestLog.Entry(
                Instant.now(),
                name,
                request.method(),
                request.path(),
                form ? "" : request.query(),
                headers.containsKey("Authorization"),
                Optional.ofNullable(headers.getFirst("Host")).orElse(""),
                Optional.ofNullable(headers.getFirst("Requestid")).orElse(""));
    }

    private void respond(HttpExchange exchange, Optional<Router.Route> route, String name, StandInRequest request)
            throws IOException {
        RequestFaults requestFaults = new RequestFaults(desk, faults.faultsFor(name, request));
        pause(faults.latency().toMillis() + requestFaults.delayMillis());
        StandInResponse response =
                requestFaults.replacement().orElseGet(() -> requestFaults.encode(response(route, requestFaults)));
        new ResponseWriter(exchange).send(response, requestFaults.transportFault());
    }

    private StandInResponse response(Optional<Router.Route> route, RequestFaults requestFaults) {
        if (route.isEmpty()) {
            return StandInResponse.errcode("100047", "Invalid resource URI");
        }
        Endpoint endpoint = route.get().endpoint();
        Optional<StandInResponse> rejection = endpoint.name().equals(Endpoint.TOKEN)
                ? Optional.empty()
                : accessControl.rejection(route.get().request(), endpoint.administratorOnly());
        return rejection.orElseGet(
                () -> call(endpoint, requestFaults.applyTo(route.get().request())));
    }

    private static StandInResponse call(Endpoint endpoint, StandInRequest request) {
        try {
            return endpoint.handler().apply(request);
        } catch (RuntimeException e) {
            // An error of the stand-in itself must not look like a fault that a test has requested.
            return StandInResponse.html(500, "the stand-in failed: " + e);
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
