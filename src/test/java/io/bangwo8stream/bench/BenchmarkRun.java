package io.bangwo8stream.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * What one walk took, from the first call that the API saw to the word that the last transaction is committed.
 *
 * @param written   what stands in Kafka
 * @param calls     that the API answered
 * @param scanCpu   processor seconds during the walk
 * @param wholeCpu  processor seconds since the process was started
 * @param peak      most memory resident, in MiB
 */
record BenchmarkRun(
        BenchmarkTopic.Content written, int calls, double seconds, double scanCpu, double wholeCpu, double peak) {

    private static final double THOUSAND = 1000;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** Lets {@code contender} walk {@code api}, and counts what it wrote. */
    static BenchmarkRun of(Contender contender, BenchmarkApi api, BenchmarkTopic topic)
            throws IOException, InterruptedException {
        api.forgetCalls();
        try (Child scanner = contender.start(api.url(), topic.name())) {
            scanner.endAfter(LONGEST);
            awaitFirstCall(scanner, api);
            long begun = System.nanoTime();
            double cpuBefore = scanner.cpuSeconds();
            scanner.awaitLine("scanned source=");
            double seconds = (System.nanoTime() - begun) / 1e9;
            double cpu = scanner.cpuSeconds();
            double peak = scanner.peakMebibytes();
            return new BenchmarkRun(topic.read(), api.calls(), seconds, cpu - cpuBefore, cpu, peak);
        }
    }

    /** Seconds from the start of the process of {@code contender} to its first call. */
    static double secondsToFirstCall(Contender contender, BenchmarkApi api, BenchmarkTopic topic)
            throws IOException, InterruptedException {
        api.forgetCalls();
        long begun = System.nanoTime();
        try (Child scanner = contender.start(api.url(), topic.name())) {
            awaitFirstCall(scanner, api);
            return (System.nanoTime() - begun) / 1e9;
        }
    }

    private static void awaitFirstCall(Child scanner, BenchmarkApi api) throws IOException, InterruptedException {
        while (api.calls() == 0) {
            scanner.checkAlive();
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    long records() {
        return written.records();
    }

    double perSecond() {
        return records() / seconds;
    }

    double scanCpuPerThousand() {
        return scanCpu * THOUSAND / records();
    }

    double wholeCpuPerThousand() {
        return wholeCpu * THOUSAND / records();
    }

    /** The middle one of a figure over several runs. */
    static double median(List<BenchmarkRun> runs, ToDoubleFunction<BenchmarkRun> figure) {
        return runs.stream()
                .map(figure::applyAsDouble)
                .sorted(Comparator.naturalOrder())
                .skip(runs.size() / 2)
                .findFirst()
                .orElseThrow();
    }
}
