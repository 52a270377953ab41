package io.bangwo8stream.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The results as rows of one Markdown table. */
final class BenchmarkReport {

    static final String HEAD = """
            | measure | product | baseline | ideal | ratio | goal |
            |---|---:|---:|---:|---:|---|
            """;

    private BenchmarkReport() {}

    static String joined(Benchmark.Runs runs) {
        BenchmarkRun first = runs.product().get(0);
        double ideal = first.records() / Benchmark.idealSeconds(first.requests());
        return ratioRow(
                        "joined records/s",
                        runs,
                        BenchmarkRun::perSecond,
                        text(ideal),
                        median(runs.product(), BenchmarkRun::perSecond) / ideal,
                        "≥ 0.95 of the ideal")
                + row("CPU s per 1,000 joined records", runs, BenchmarkRun::scanCpuPerThousand, "≤ 1.2 × the baseline")
                + row("… including the start of the process", runs, BenchmarkRun::wholeCpuPerThousand, "");
    }

    static String listed(Benchmark.Runs runs) {
        return row("listed records/s", runs, BenchmarkRun::perSecond, "≥ 0.6 × the baseline")
                + row("CPU s per 1,000 listed records", runs, BenchmarkRun::scanCpuPerThousand, "");
    }

    static String tickets(Benchmark.Runs runs) {
        return row("tickets/s", runs, BenchmarkRun::perSecond, "≥ 0.7 × the baseline")
                + row("CPU s per 1,000 tickets", runs, BenchmarkRun::scanCpuPerThousand, "");
    }

    /** Of a run with few records and one with many. */
    static String memory(List<BenchmarkRun> runs) {
        BenchmarkRun few = runs.get(0);
        BenchmarkRun many = runs.get(1);
        return line("peak memory, MiB, %,d records".formatted(few.records()), text(few.peakMebibytes()), "", "", "", "")
                + line(
                        "peak memory, MiB, %,d records".formatted(many.records()),
                        text(many.peakMebibytes()),
                        "",
                        "",
                        text(many.peakMebibytes() / few.peakMebibytes()),
                        "≤ 1.2 × the smaller run");
    }

    /** Without stored state, and with much of it. */
    static String restart(List<Double> seconds) {
        return line("start to the first request, s, no stored state", text(seconds.get(0)), "", "", "", "")
                + line(
                        "start to the first request, s, state of %,d records".formatted(Benchmark.STORED_RECORDS),
                        text(seconds.get(1)),
                        "",
                        "",
                        "",
                        "");
    }

    /** Of an idle product and of a busy one. */
    static String freshness(List<Double> seconds) {
        double idle = seconds.get(0);
        double busy = seconds.get(1);
        return line("creation of a record to its event, s, idle", text(idle), "", "", "", "")
                + line(
                        "… while 90 days are swept and 450 backfilled",
                        text(busy),
                        "",
                        "",
                        text(busy / idle),
                        "≤ 1.5 × the idle product");
    }

    /** By records a day. */
    static String requests(Map<Integer, Integer> requests) {
        StringBuilder rows = new StringBuilder();
        requests.forEach((records, number) -> rows.append(line(
                "list requests an hour, %,d records a day".formatted(records),
                "%,d".formatted(number),
                "",
                "",
                "",
                "")));
        return rows.toString();
    }

    /** Of the first run and of a sweep. */
    static String large(List<LargeAccount.Figures> runs) {
        return large("first scan of %,d records", runs.get(0)) + large("sweep of %,d records", runs.get(1));
    }

    private static String large(String what, LargeAccount.Figures run) {
        String name = what.formatted(LargeAccount.RECORDS);
        return line(name + ", s", text(run.seconds()), "", "", "", "")
                + line(name + ", requests", "%,d".formatted(run.requests()), "", "", "", "")
                + line(name + ", peak memory, MiB", text(run.peakMebibytes()), "", "", "", "")
                + line(name + ", events in all", "%,d".formatted(run.written().records()), "", "", "", "");
    }

    private static String row(String what, Benchmark.Runs runs, ToDoubleFunction<BenchmarkRun> figure, String goal) {
        return ratioRow(what, runs, figure, "", median(runs.product(), figure) / median(runs.baseline(), figure), goal);
    }

    private static String ratioRow(
            String what,
            Benchmark.Runs runs,
            ToDoubleFunction<BenchmarkRun> figure,
            String ideal,
            double ratio,
            String goal) {
        return line(
                what,
                text(median(runs.product(), figure)),
                text(median(runs.baseline(), figure)),
                ideal,
                text(ratio),
                goal);
    }

    private static String line(String... cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private static double median(List<BenchmarkRun> runs, ToDoubleFunction<BenchmarkRun> figure) {
        return BenchmarkRun.median(runs, figure);
    }

    private static String text(double figure) {
        return String.format(Locale.ROOT, figure < 100 ? "%.2f" : "%,.0f", figure);
    }
}
