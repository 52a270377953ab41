package io.bangwo8stream.crash;

import io.bangwo8stream.standin.Fault;
import java.util.List;
import java.util.Random;

/** Creates random faults of the API, each for some or all requests to one endpoint or to all of them. */
final class ApiFaultFactory {

    private static final List<String> ENDPOINTS =
            List.of("*", "*", "histories", "chatrecords", "servicesummary", "view-tickets", "tickets");

    private ApiFaultFactory() {}

    /** @param ids the ids of the help desk's records */
    static Fault create(Random random, List<String> ids) {
        return random.nextInt(3) == 0 ? badPage(random, ids) : unreliableRequests(random);
    }

    /** A page that is unusable whenever it is requested. */
    private static Fault badPage(Random random, List<String> ids) {
        String page = "[?&]page=" + (1 + random.nextInt(4)) + "\\b";
        return switch (random.nextInt(6)) {
            case 0 -> Fault.of(Fault.Kind.EMPTY_BODY).on("histories").matching(page);
            case 1 -> Fault.of(Fault.Kind.NOT_JSON).on("histories").matching(page);
            case 2 -> Fault.status(500).on("histories").matching(page);
            case 3 ->
                Fault.of(Fault.Kind.BODY, "{\"remoterecords\":[{\"csId\":")
                        .on("histories")
                        .matching(page);
            default ->
                Fault.of(Fault.Kind.UNSENDABLE_ROW, Long.parseLong(ids.get(ids.size() - 1 - random.nextInt(60))))
                        .on("histories");
        };
    }

    private static Fault unreliableRequests(Random random) {
        Fault fault = switch (random.nextInt(10)) {
            case 0, 1 -> Fault.status(500);
            case 2 -> Fault.status(429);
            case 3 -> Fault.status(429, "1");
            case 4 -> Fault.of(Fault.Kind.CUT_BODY);
            case 5 -> Fault.of(Fault.Kind.DELAY, 100 + random.nextInt(2_000));
            case 6 -> Fault.of(Fault.Kind.NO_RESPONSE);
            case 7 -> Fault.of(Fault.Kind.NOT_JSON);
            case 8 -> Fault.of(Fault.Kind.REFORMATTED_ROWS);
            default -> Fault.of(Fault.Kind.SHIFT_PAGES).on("histories").times(2);
        };
        return fault.kind() == Fault.Kind.SHIFT_PAGES
                ? fault
                : fault.on(ENDPOINTS.get(random.nextInt(ENDPOINTS.size())))
                        .withProbability(0.2 + 0.8 * random.nextDouble());
    }

    /** The name in the report, such as {@code api 500} or {@code api cut-body}. */
    static String name(Fault fault) {
        String kind = fault.kind().toString().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        String page = fault.target().pattern().isEmpty() ? "" : " page";
        return "api" + page + " " + (fault.kind() == Fault.Kind.STATUS ? fault.number() : kind);
    }
}
