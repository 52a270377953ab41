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
 * The stand-in's own paths, for a test or a person in another process: {@code POST|DELETE /_standin/faults},
 * {@code POST /_standin/latency?millis=}, {@code GET|DELETE /_standin/requests} ({@code ?list=true} for each request),
 * {@code POST /_standin/live?steps=}, {@code GET /_standin/history}.
 */
final class ControlHandler implements HttpHandler {

    static final String ROOT = "/_standin/";

    private final HelpDesk desk;
    private final Faults faults;
    private final RequestLog log;

    ControlHandler(HelpDesk desk, Faults faults, RequestLog log) {
        this.desk = desk;
        this.faults = faults;
        this.log = log;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Call call = Call.of(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestURI().getRawQuery(),
                    exchange.getRequestHeaders());
            new ResponseWriter(exchange).send(answer(call, body), Optional.empty());
        }
    }

    private Answer answer(Call call, String body) {
        try {
            return switch (call.method() + " " + call.path().substring(ROOT.length())) {
                case "POST faults" -> addFaults(Json.read(body));
                case "DELETE faults" -> done(faults::clear);
                case "POST latency" -> done(() -> faults.latency(Duration.ofMillis(number(call, "millis"))));
                case "GET requests" ->
                    Answer.json(
                            log.toJson(call.param("list").filter("true"::equals).isPresent()));
                case "DELETE requests" -> done(log::reset);
                case "POST live" -> live(number(call, "steps"));
                case "GET history" -> history();
                default -> mistake(404, "no such control path");
            };
        } catch (IllegalArgumentException e) {
            return mistake(400, e.getMessage());
        }
    }

    private static Answer mistake(int status, String message) {
        return Answer.json(status, Json.object().put("error", message));
    }

    private static Answer done(Runnable action) {
        action.run();
        return Answer.json(Json.object().put("done", true));
    }

    private static long number(Call call, String name) {
        return call.param(name).map(Long::parseLong).orElse(1L);
    }

    private Answer addFaults(JsonNode json) {
        if (json.isArray()) {
            json.forEach(each -> faults.add(Fault.fromJson(each)));
        } else {
            faults.add(Fault.fromJson(json));
        }
        return done(() -> {});
    }

    private Answer live(long steps) {
        for (long i = 0; i < steps; i++) {
            desk.live();
        }
        return done(() -> {});
    }

    private Answer history() {
        ArrayNode versions = Json.array();
        desk.history().versions().forEach(version -> versions.add(version.toJson()));
        return Answer.json(Json.object().<ObjectNode>set("versions", versions));
    }
}
