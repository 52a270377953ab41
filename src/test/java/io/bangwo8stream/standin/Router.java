package io.bangwo8stream.standin;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/** Finds the endpoint that a call means; the first one that fits. */
final class Router {

    private final List<Endpoint> endpoints;

    Router(HelpDesk desk, Access access) {
        endpoints = Stream.of(
                        new RemoteEndpoints(desk).all(),
                        new SummaryEndpoints(desk).all(),
                        new TicketEndpoints(desk).all(),
                        new NeighbourEndpoints(desk).all(),
                        List.of(Endpoint.token("/api/token.php", access::token)))
                .flatMap(List::stream)
                .toList();
    }

    record Route(Endpoint endpoint, Call call) {}

    Optional<Route> route(Call call) {
        for (Endpoint endpoint : endpoints) {
            Matcher matcher = endpoint.path().matcher(call.path());
            if (endpoint.method().equals(call.method()) && matcher.matches()) {
                return Optional.of(
                        new Route(endpoint, matcher.groupCount() == 0 ? call : call.withVariable(matcher.group(1))));
            }
        }
        return Optional.empty();
    }
}
