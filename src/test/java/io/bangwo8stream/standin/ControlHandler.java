package io.bangwo8stream.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * The paths that control the stand-in from another process: {@code POST|DELETE /_standin/faults},
 * {@code POST /_standin/latency?millis=}, {@code GET|DELETE /_standin/requests} ({@code ?list=true} for each request),
 * {@code POST /_standin/live?steps=}, {@code GET /_standin/history}.
 */
final class ControlHandler implements HttpHandler {

    static final String ROOT = "/_standin/";

    private final HelpDesk desk;
    private final FaultInjector faults;
    private final RequestLog log;

    ControlHandler(HelpDesk desk, FaultInjector faults, RequestLog log) {
        this.desk = desk;
        this.faults = faults;
        this.log = log;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            StandInRequest request = StandInRequest.of(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestURI().getRawQuery(),
                    exchange.getRequestHeaders());
            new ResponseWriter(exchange).send(respond(request, body), Optional.empty());
        }
    }

    private StandInResponse respond(StandInRequest request, String body) {
        try {
            return switch (request.method() + " " + request.path().substring(ROOT.length())) {
                case "POST faults" -> addFaults(Json.read(body));
                case "DELETE faults" -> done(faults::clear);
                case "POST latency" -> done(() -> faults.setLatency(Duration.ofMillis(number(request, "millis"))));
                case "GET requests" ->
                    StandInResponse.json(log.toJson(
                            request.param("list").filter("true"::equals).isPresent()));
                case "DELETE requests" -> done(log::reset);
                case "POST live" -> simulate(number(request, "steps"));
                case "GET history" -> history();
                default -> error(404, "no such control path");
            };
        } catch (IllegalArgumentException e) {
            return error(400, e.getMessage());
        }
    }

    private static StandInResponse error(int status, String message) {
        return StandInResponse.json(status, Json.object().put("error", message));
    }

    private static StandInResponse done(Runnable action) {
        action.run();
        return StandInResponse.json(Json.object().put("done", true));
    }

    private static long number(StandInRequest request, String name) {
        return request.param(name).map(Long::parseLong).orElse(1L);
    }

    private StandInResponse addFaults(JsonNode json) {
        if (json.isArray()) {
            json.forEach(each -> faults.add(Fault.fromJson(each)));
        } else {
            faults.add(Fault.fromJson(json));
        }
        return done(() -> {});
    }

    private StandInResponse simulate(long steps) {
        for (long i = 0; i < steps; i++) {
            desk.simulateStep();
        }
        return done(() -> {});
    }

    private StandInResponse history() {
        ArrayNode versions = Json.array();
        desk.history().versions().forEach(version -> versions.add(version.toJson()));
        return StandInResponse.json(Json.object().<ObjectNode>set("versions", versions));
    }
}
