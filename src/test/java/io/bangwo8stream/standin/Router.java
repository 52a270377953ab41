package io.bangwo8stream.standin;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/** Finds the first endpoint that matches a request. */
final class Router {

    private final List<Endpoint> endpoints;

    Router(HelpDesk desk, AccessControl accessControl) {
        endpoints = Stream.of(
                        new RemoteRecordEndpoints(desk).all(),
                        new SummaryEndpoints(desk).all(),
                        new TicketEndpoints(desk).all(),
                        new SessionAndCallEndpoints(desk).all(),
                        List.of(Endpoint.token("/api/token.php", accessControl::issueToken)))
                .flatMap(List::stream)
                .toList();
    }

    record Route(Endpoint endpoint, StandInRequest request) {}

    Optional<Route> route(StandInRequest request) {
        for (Endpoint endpoint : endpoints) {
            Matcher matcher = endpoint.path().matcher(request.path());
            if (endpoint.method().equals(request.method()) && matcher.matches()) {
                return Optional.of(new Route(
                        endpoint, matcher.groupCount() == 0 ? request : request.withVariable(matcher.group(1))));
            }
        }
        return Optional.empty();
    }
}
