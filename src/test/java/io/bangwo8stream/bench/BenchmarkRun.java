package io.bangwo8stream.bench;

import io.bangwo8stream.process.JavaProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * The figures of one scan, from the first request that the API receives until the program reports that the last
 * transaction is committed.
 *
 * @param written       the content of the topic
 * @param requests      that the API answered
 * @param scanCpu       processor seconds during the scan
 * @param wholeCpu      processor seconds since the start of the process
 * @param peakMebibytes peak resident memory
 */
record BenchmarkRun(
        BenchmarkTopic.Checksum written,
        int requests,
        double seconds,
        double scanCpu,
        double wholeCpu,
        double peakMebibytes) {

    private static final double THOUSAND = 1000;
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    /** Runs {@code program} over {@code api} once, and reads what it wrote. */
    static BenchmarkRun of(MeasuredProgram program, BenchmarkApi api, BenchmarkTopic topic)
            throws IOException, InterruptedException {
        api.resetRequests();
        try (JavaProcess process = program.start(api.url(), topic.name())) {
            process.killAfter(TIMEOUT);
            awaitFirstRequest(process, api);
            long startedAt = System.nanoTime();
            double cpuBefore = process.cpuSeconds();
            process.awaitLine("scanned source=");
            double seconds = (System.nanoTime() - startedAt) / 1e9;
            double cpu = process.cpuSeconds();
            double peakMebibytes = process.peakMebibytes();
            return new BenchmarkRun(topic.read(), api.requests(), seconds, cpu - cpuBefore, cpu, peakMebibytes);
        }
    }

    /** Seconds from the start of the process of {@code program} to its first request. */
    static double secondsToFirstRequest(MeasuredProgram program, BenchmarkApi api, BenchmarkTopic topic)
            throws IOException, InterruptedException {
        api.resetRequests();
        long startedAt = System.nanoTime();
        try (JavaProcess process = program.start(api.url(), topic.name())) {
            awaitFirstRequest(process, api);
            return (System.nanoTime() - startedAt) / 1e9;
        }
    }

    static void awaitFirstRequest(JavaProcess process, BenchmarkApi api) throws IOException, InterruptedException {
        while (api.requests() == 0) {
            process.requireAlive();
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

    /** The median of a figure over several runs. */
    static double median(List<BenchmarkRun> runs, ToDoubleFunction<BenchmarkRun> figure) {
        return runs.stream()
                .map(figure::applyAsDouble)
                .sorted(Comparator.naturalOrder())
                .skip(runs.size() / 2)
                .findFirst()
                .orElseThrow();
    }
}
