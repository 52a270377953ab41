package io.bangwo8stream.crash;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The crash harness as a program: {@code [duration] [seed]}; exit code 0 when every promise was kept. */
public final class Crash {

    private static final Pattern DURATION = Pattern.compile("(\\d+)([smh])");

    private Crash() {}

    /** @param args the duration, such as {@code 30s}, and the seed; by default 30 s and a random seed */
    public static void main(String[] args) throws IOException, InterruptedException {
        Duration duration = duration(args.length > 0 ? args[0] : "30s");
        long seed = args.length > 1 && !args[1].isBlank() ? Long.parseLong(args[1]) : randomSeed();
        CrashReport report = run(duration, seed);
        System.exit(report.isClean() ? 0 : 1);
    }

    static long randomSeed() {
        return ThreadLocalRandom.current().nextLong(1, 1_000_000);
    }

    /** Runs once and prints the report at the end. */
    static CrashReport run(Duration duration, long seed) throws IOException, InterruptedException {
        CrashRun run = new CrashRun(duration, seed);
        System.out.println(
                "crash harness: " + duration.toSeconds() + " s with seed " + seed + ", logs in " + run.directory());
        CrashReport report = run.run();
        System.out.println(report);
        return report;
    }

    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("crash.duration is '" + text + "', but must be like 30s, 10m or 1h");
        }
        return Duration.parse("PT" + matcher.group(1) + matcher.group(2).toUpperCase(Locale.ROOT));
    }
}
