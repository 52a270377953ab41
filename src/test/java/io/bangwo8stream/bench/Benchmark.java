package io.bangwo8stream.bench;

import io.bangwo8stream.broker.EmbeddedBroker;
import io.bangwo8stream.process.JavaProcess;
import io.bangwo8stream.process.JavaProcessBuilder;
import io.bangwo8stream.process.PackagedProduct;
import io.bangwo8stream.process.QuietLogging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Measures the packaged product and the baseline in turns, and prints one table of the results. */
public final class Benchmark {

    /** JVM option of the broker and of the stand-in. */
    static final String SERVER_MEMORY = "-Xmx512m";

    private static final int IN_FLIGHT = 16;
    private static final int LATENCY_MS = 50;
    private static final int JOINED_RECORDS = 10_000;
    private static final int FEW_RECORDS = 2_000;
    private static final int MANY_RECORDS = 50_000;
    private static final int TICKETS = 5_000;
    static final int STORED_RECORDS = 100_000;

    private final Path project;
    private final MeasuredProgram.Conditions conditions;
    private final int rounds;
    private int createdTopics;

    private Benchmark(Path project, MeasuredProgram.Conditions conditions, int rounds) {
        this.project = project;
        this.conditions = conditions;
        this.rounds = rounds;
    }

    /**
     * @param args the project's directory, the number of rounds, the options of both JVMs, separated by blanks, and the
     *             names of the cases, separated by commas
     */
    public static void main(String[] args) throws Exception {
        QuietLogging.apply();
        Path project = Path.of(args[0]);
        Path brokerDirectory = Files.createTempDirectory(project.resolve("target"), "bench-broker");
        try (JavaProcess broker = JavaProcess.ofClass(EmbeddedBroker.class)
                .options(SERVER_MEMORY)
                .arguments(brokerDirectory.toString())
                .endOnShutdown()
                .start()) {
            MeasuredProgram.Conditions conditions = new MeasuredProgram.Conditions(
                    List.of(args[2].split(" +")), broker.awaitLine("bootstrap.servers="), IN_FLIGHT);
            Benchmark benchmark = new Benchmark(project, conditions, Integer.parseInt(args[1]));
            String report = BenchmarkReport.HEAD + benchmark.measure(List.of(args[3].split(",")));
            System.out.println(report);
            Files.writeString(project.resolve("target/benchmark.md"), report);
        } finally {
            delete(brokerDirectory);
        }
    }

    /** The rows of the table for these cases. */
    private String measure(List<String> names) throws Exception {
        Map<String, Callable<String>> cases = Map.of(
                "joined", () -> BenchmarkReport.joined(joined()),
                "listed", () -> BenchmarkReport.listed(listed()),
                "tickets", () -> BenchmarkReport.tickets(tickets()),
                "memory", () -> BenchmarkReport.memory(memory()),
                "restart", () -> BenchmarkReport.restart(restart()),
                "freshness", () -> BenchmarkReport.freshness(freshness()),
                "requests", () -> BenchmarkReport.requests(requests()),
                "large", () -> BenchmarkReport.large(large()),
                "platforms", () -> new Platforms(project).rows(this::platform));
        StringBuilder rows = new StringBuilder();
        for (String name : names) {
            if (!cases.containsKey(name)) {
                throw new IllegalArgumentException(
                        "bench.cases: there is no case " + name + ", only " + cases.keySet());
            }
            rows.append(cases.get(name).call());
        }
        return rows.toString();
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** The runs of both programs over the same API. */
    record Runs(List<BenchmarkRun> product, List<BenchmarkRun> baseline) {

        /** The distinct contents of the topics: exactly one when all runs did the same work. */
        Set<BenchmarkTopic.Checksum> written() {
            return Stream.concat(product.stream(), baseline.stream())
                    .map(BenchmarkRun::written)
                    .collect(Collectors.toSet());
        }
    }

    private Runs joined() throws IOException, InterruptedException, ExecutionException {
        try (BenchmarkApi api = BenchmarkApi.start(JOINED_RECORDS, LATENCY_MS)) {
            return alternate(api, MeasuredProgram.Workload.JOINED);
        }
    }

    private Runs listed() throws IOException, InterruptedException, ExecutionException {
        try (BenchmarkApi api = BenchmarkApi.start(MANY_RECORDS, 0)) {
            return alternate(api, MeasuredProgram.Workload.LISTED);
        }
    }

    private Runs tickets() throws IOException, InterruptedException, ExecutionException {
        try (BenchmarkApi api = BenchmarkApi.ofTickets(TICKETS)) {
            return alternate(api, MeasuredProgram.Workload.TICKETS);
        }
    }

    /** Two runs of the product alone: with few records and with many. */
    private List<BenchmarkRun> memory() throws IOException, InterruptedException, ExecutionException {
        List<BenchmarkRun> runs = new ArrayList<>();
        for (int records : new int[] {FEW_RECORDS, MANY_RECORDS}) {
            try (BenchmarkApi api = BenchmarkApi.start(records, 0)) {
                runs.add(run(product(MeasuredProgram.Workload.JOINED), api));
            }
        }
        return runs;
    }

    /** Seconds from the start of the process to its first request: without stored state, and with much of it. */
    private List<Double> restart() throws IOException, InterruptedException, ExecutionException {
        MeasuredProgram product = product(MeasuredProgram.Workload.LISTED);
        try (BenchmarkApi api = BenchmarkApi.start(STORED_RECORDS, 0)) {
            double withoutState = BenchmarkRun.secondsToFirstRequest(product, api, topic());
            BenchmarkTopic topic = topic();
            BenchmarkRun.of(product, api, topic);
            List<Double> seconds = List.of(withoutState, BenchmarkRun.secondsToFirstRequest(product, api, topic));
            System.out.println("restart: " + seconds);
            return seconds;
        }
    }

    /** Median seconds of an idle product and of a busy one. */
    private List<Double> freshness() throws IOException, InterruptedException, ExecutionException {
        Freshness freshness = new Freshness(new LiveProduct(conditions, project, null));
        return List.of(freshness.idle(topic()), freshness.busy(topic()));
    }

    /** List requests in an hour of a small account and of a large one. */
    private Map<Integer, Integer> requests() throws IOException, InterruptedException, ExecutionException {
        ListRequests requests = new ListRequests(new LiveProduct(conditions, project, listedRecords()));
        Map<Integer, Integer> byRecords = new TreeMap<>();
        for (int recordsPerDay : new int[] {10, 5_000}) {
            byRecords.put(recordsPerDay, requests.inAnHour(recordsPerDay, topic()));
        }
        return byRecords;
    }

    /** The first run over a large account, and its first sweep after a restart. */
    private List<LargeAccount.Figures> large() throws IOException, InterruptedException, ExecutionException {
        LargeAccount account = new LargeAccount(new LiveProduct(conditions, project, listedRecords()));
        try (BenchmarkApi api = BenchmarkApi.start(LargeAccount.RECORDS, LargeAccount.DAYS, 0)) {
            BenchmarkTopic topic = topic();
            return List.of(account.run(api, topic), account.run(api, topic));
        }
    }

    private String platform(Supplier<JavaProcessBuilder> packaged)
            throws IOException, InterruptedException, ExecutionException {
        Platforms.Start start;
        try (BenchmarkApi api = BenchmarkApi.start(FEW_RECORDS, 0)) {
            MeasuredProgram program = product(conditions.with("-Xmx64m"), packaged, MeasuredProgram.Workload.JOINED);
            start = Platforms.Start.of(program, api, topic());
        }
        try (BenchmarkApi api = BenchmarkApi.start(STORED_RECORDS, 0)) {
            MeasuredProgram program = product(conditions.with("-Xmx256m"), packaged, MeasuredProgram.Workload.LISTED);
            double many = BenchmarkRun.of(program, api, topic()).peakMebibytes();
            return "%.2f | %.2f | %.2f | %.1f | %.0f | %.0f"
                    .formatted(
                            start.started(),
                            start.firstRequest(),
                            start.firstEvent(),
                            start.cpu(),
                            start.peakMebibytes(),
                            many);
        }
    }

    private Path listedRecords() {
        return project.resolve("src/test/resources/bench/listed-records.camel.yaml");
    }

    private Runs alternate(BenchmarkApi api, MeasuredProgram.Workload workload)
            throws IOException, InterruptedException, ExecutionException {
        Runs runs = new Runs(new ArrayList<>(), new ArrayList<>());
        for (int round = 0; round < rounds; round++) {
            runs.product().add(run(product(workload), api));
            runs.baseline().add(run(new MeasuredProgram.HandWritten(conditions, workload), api));
        }
        if (runs.written().size() > 1) {
            throw new IllegalStateException("the runs did not all write the same events: " + runs.written());
        }
        return runs;
    }

    private BenchmarkRun run(MeasuredProgram program, BenchmarkApi api)
            throws IOException, InterruptedException, ExecutionException {
        BenchmarkRun run = BenchmarkRun.of(program, api, topic());
        System.out.printf("%s: %s%n", program.name(), run);
        return run;
    }

    /** A topic that no run has used before. */
    private BenchmarkTopic topic() throws InterruptedException, ExecutionException {
        return BenchmarkTopic.create(conditions.bootstrapServers(), "bench-" + ++createdTopics);
    }

    private MeasuredProgram product(MeasuredProgram.Workload workload) {
        return product(conditions, () -> JavaProcess.ofJar(project.resolve(PackagedProduct.JAR)), workload);
    }

    private MeasuredProgram product(
            MeasuredProgram.Conditions with, Supplier<JavaProcessBuilder> packaged, MeasuredProgram.Workload workload) {
        Map<String, String> more = workload != MeasuredProgram.Workload.LISTED
                ? Map.of()
                : Map.of("CAMEL_MAIN_ROUTES_INCLUDE_PATTERN", "classpath:routes/*.camel.yaml,file:" + listedRecords());
        return new MeasuredProgram.Product(with, packaged, workload, more);
    }

    /** Requests × latency ÷ requests in flight: no client is faster. */
    static double idealSeconds(int requests) {
        return requests * (LATENCY_MS / 1000.0) / IN_FLIGHT;
    }
}
