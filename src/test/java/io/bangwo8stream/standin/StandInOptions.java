package io.bangwo8stream.standin;

import io.bangwo8stream.process.QuietLogging;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The options of a stand-in in a process of its own, each as an argument {@code name=value}: {@code port} (0 = a free
 * port), {@code records}, {@code seed}, {@code latency} (ms per request), {@code uniform} (days over which the records
 * are distributed when all are uniform, 0 = realistic records), {@code tickets} (uniform tickets beside uniform
 * records), {@code live} (ms between two steps of simulated activity, 0 = none), {@code history} (true to keep every
 * version).
 */
public record StandInOptions(
        int port, int records, long seed, long latency, int uniform, int tickets, long live, boolean history) {

    private static final Set<String> NAMES =
            Set.of("port", "records", "seed", "latency", "uniform", "tickets", "live", "history");

    static StandInOptions of(String... args) {
        Map<String, String> given = new HashMap<>();
        for (String arg : args) {
            String[] pair = arg.split("=", 2);
            if (pair.length < 2 || !NAMES.contains(pair[0])) {
                throw new IllegalArgumentException("'" + arg + "' is not name=value with a name of " + NAMES);
            }
            given.put(pair[0], pair[1]);
        }
        return new StandInOptions(
                (int) number(given, "port", 0),
                (int) number(given, "records", 300),
                number(given, "seed", 8),
                number(given, "latency", 0),
                (int) number(given, "uniform", 0),
                (int) number(given, "tickets", 0),
                number(given, "live", 0),
                Boolean.parseBoolean(given.get("history")));
    }

    private static long number(Map<String, String> given, String name, long defaultValue) {
        try {
            return given.containsKey(name) ? Long.parseLong(given.get(name)) : defaultValue;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + "=" + given.get(name) + ": a whole number is needed", e);
        }
    }

    StandIn start() {
        QuietLogging.apply();
        HelpDesk desk = uniform > 0
                ? HelpDesk.uniform(records, uniform, tickets, Clock.systemUTC())
                : HelpDesk.realistic(records, seed, Clock.systemUTC());
        if (history) {
            desk.keepHistory();
        }
        StandIn standIn = StandIn.start(desk, port);
        standIn.faults().setLatency(Duration.ofMillis(latency));
        if (live > 0) {
            startActivity(desk, Duration.ofMillis(live));
        }
        System.out.println("stand-in ready url=" + standIn.baseUri());
        return standIn;
    }

    /** Simulates a step of activity after each {@code pause}, until the returned timer is shut down. */
    public static ScheduledExecutorService startActivity(HelpDesk desk, Duration pause) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "help-desk-activity");
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleWithFixedDelay(desk::simulateStep, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
        return timer;
    }
}
