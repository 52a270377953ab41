package io.bangwo8stream.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The results as one Markdown table. */
record BenchmarkReport(
        Benchmark.Runs joined,
        Benchmark.Runs listed,
        Benchmark.Runs tickets,
        List<BenchmarkRun> memory,
        List<Double> restart) {

    @Override
    public String toString() {
        BenchmarkRun first = joined.product().get(0);
        double ideal = first.records() / Benchmark.idealSeconds(first.requests());
        return """
                | measure | product | baseline | ideal | ratio | goal |
                |---|---:|---:|---:|---:|---|
                """
                + ratioRow(
                        "joined records/s",
                        joined,
                        BenchmarkRun::perSecond,
                        text(ideal),
                        median(joined.product(), BenchmarkRun::perSecond) / ideal,
                        "≥ 0.90 of the ideal")
                + row(
                        "CPU s per 1,000 joined records",
                        joined,
                        BenchmarkRun::scanCpuPerThousand,
                        "≤ 1.5 × the baseline")
                + row("… including the start of the process", joined, BenchmarkRun::wholeCpuPerThousand, "")
                + row("listed records/s", listed, BenchmarkRun::perSecond, "≥ 0.5 × the baseline")
                + row("CPU s per 1,000 listed records", listed, BenchmarkRun::scanCpuPerThousand, "")
                + row("tickets/s", tickets, BenchmarkRun::perSecond, "")
                + row("CPU s per 1,000 tickets", tickets, BenchmarkRun::scanCpuPerThousand, "")
                + memoryRow()
                + line("start to the first request, s, no stored state", text(restart.get(0)), "", "", "", "")
                + line(
                        "start to the first request, s, state of %,d records".formatted(Benchmark.STORED_RECORDS),
                        text(restart.get(1)),
                        "",
                        "",
                        "",
                        "");
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

    private String memoryRow() {
        BenchmarkRun few = memory.get(0);
        BenchmarkRun many = memory.get(1);
        return line("peak memory, MiB, %,d records".formatted(few.records()), text(few.peakMebibytes()), "", "", "", "")
                + line(
                        "peak memory, MiB, %,d records".formatted(many.records()),
                        text(many.peakMebibytes()),
                        "",
                        "",
                        text(many.peakMebibytes() / few.peakMebibytes()),
                        "≤ 1.2 × the smaller run");
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
