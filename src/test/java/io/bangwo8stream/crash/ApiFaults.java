package io.bangwo8stream.crash;

import io.bangwo8stream.standin.Fault;
import java.util.List;
import java.util.Random;

/** The ways in which the API fails here: some calls, for a while, one way. */
final class ApiFaults {

    private static final List<String> ENDPOINTS = List.of("*", "*", "histories", "chatrecords", "servicesummary");

    private ApiFaults() {}

    static Fault any(Random random) {
        Fault fault = switch (random.nextInt(10)) {
            case 0, 1 -> Fault.status(500);
            case 2 -> Fault.status(429);
            case 3 -> Fault.status(429, "1");
            case 4 -> Fault.of(Fault.Kind.CUT_BODY);
            case 5 -> Fault.of(Fault.Kind.DELAY, 100 + random.nextInt(2_000));
            case 6 -> Fault.of(Fault.Kind.NO_ANSWER);
            case 7 -> Fault.of(Fault.Kind.NOT_JSON);
            case 8 -> Fault.of(Fault.Kind.NOISY_ROWS);
            default -> Fault.of(Fault.Kind.SHIFT_PAGES).on("histories").times(2);
        };
        return fault.kind() == Fault.Kind.SHIFT_PAGES
                ? fault
                : fault.on(ENDPOINTS.get(random.nextInt(ENDPOINTS.size())))
                        .withProbability(0.2 + 0.8 * random.nextDouble());
    }

    /** {@code status 500} and the like, for the report. */
    static String name(Fault fault) {
        String kind = fault.kind().toString().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        return "api " + (fault.kind() == Fault.Kind.STATUS ? fault.number() : kind);
    }
}
