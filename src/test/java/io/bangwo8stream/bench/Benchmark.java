package io.bangwo8stream.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Measures the packaged product and the ceiling in turns, and prints one table. */
public final class Benchmark {

    private static final int IN_FLIGHT = 16;
    private static final int LATENCY_MS = 50;
    private static final int FEW = 2_000;
    private static final int MANY = 50_000;
    private static final int TICKETS = 5_000;
    static final int REMEMBERED = 100_000;

    private final Path project;
    private final Contender.Conditions conditions;
    private final int rounds;
    private int topics;

    private Benchmark(Path project, Contender.Conditions conditions, int rounds) {
        this.project = project;
        this.conditions = conditions;
        this.rounds = rounds;
    }

    /** @param args the project's directory, the number of rounds, and the options of both JVMs with blanks between */
    public static void main(String[] args) throws Exception {
        Path project = Path.of(args[0]);
        Path brokerDirectory = Files.createTempDirectory(project.resolve("target"), "bench-broker");
        try (Child broker = Child.demo("broker.EmbeddedBroker", brokerDirectory.toString())) {
            Contender.Conditions conditions = new Contender.Conditions(
                    List.of(args[2].split(" +")), broker.awaitLine("bootstrap.servers="), IN_FLIGHT);
            Benchmark benchmark = new Benchmark(project, conditions, Integer.parseInt(args[1]));
            String report = new BenchmarkReport(
                            benchmark.joined(),
                            benchmark.listed(),
                            benchmark.tickets(),
                            benchmark.memory(),
                            benchmark.restart())
                    .toString();
            System.out.println(report);
            Files.writeString(project.resolve("target/benchmark.md"), report);
        } finally {
            delete(brokerDirectory);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** The runs of both contenders over the same API. */
    record Runs(List<BenchmarkRun> product, List<BenchmarkRun> ceiling) {

        /** What they wrote, which is one and the same when all did the same work. */
        Set<BenchmarkTopic.Content> written() {
            return Stream.concat(product.stream(), ceiling.stream())
                    .map(BenchmarkRun::written)
                    .collect(Collectors.toSet());
        }
    }

    private Runs joined() throws IOException, InterruptedException, ExecutionException {
        try (BenchmarkApi api = BenchmarkApi.start(FEW, LATENCY_MS)) {
            return inTurns(api, Contender.Job.JOINED);
        }
    }

    private Runs listed() throws IOException, InterruptedException, ExecutionException {
        try (BenchmarkApi api = BenchmarkApi.start(MANY, 0)) {
            return inTurns(api, Contender.Job.LISTED);
        }
    }

    private Runs tickets() throws IOException, InterruptedException, ExecutionException {
        try (BenchmarkApi api = BenchmarkApi.ofTickets(TICKETS)) {
            return inTurns(api, Contender.Job.TICKETS);
        }
    }

    /** Two runs of the product alone: few records, many records. */
    private List<BenchmarkRun> memory() throws IOException, InterruptedException, ExecutionException {
        List<BenchmarkRun> runs = new ArrayList<>();
        for (int records : new int[] {FEW, MANY}) {
            try (BenchmarkApi api = BenchmarkApi.start(records, 0)) {
                runs.add(run(product(Contender.Job.JOINED), api));
            }
        }
        return runs;
    }

    /** Seconds from the start of the process to its first call: with nothing remembered, and with a great deal. */
    private List<Double> restart() throws IOException, InterruptedException, ExecutionException {
        Contender product = product(Contender.Job.LISTED);
        try (BenchmarkApi api = BenchmarkApi.start(REMEMBERED, 0)) {
            double empty = BenchmarkRun.secondsToFirstCall(product, api, topic());
            BenchmarkTopic topic = topic();
            BenchmarkRun.of(product, api, topic);
            List<Double> seconds = List.of(empty, BenchmarkRun.secondsToFirstCall(product, api, topic));
            System.out.println("restart: " + seconds);
            return seconds;
        }
    }

    private Runs inTurns(BenchmarkApi api, Contender.Job job)
            throws IOException, InterruptedException, ExecutionException {
        Runs runs = new Runs(new ArrayList<>(), new ArrayList<>());
        for (int round = 0; round < rounds; round++) {
            runs.product().add(run(product(job), api));
            runs.ceiling().add(run(new Contender.ByHand(conditions, job), api));
        }
        if (runs.written().size() > 1) {
            throw new IllegalStateException("not every run wrote the same events: " + runs.written());
        }
        return runs;
    }

    private BenchmarkRun run(Contender contender, BenchmarkApi api)
            throws IOException, InterruptedException, ExecutionException {
        BenchmarkRun run = BenchmarkRun.of(contender, api, topic());
        System.out.printf("%s: %s%n", contender.name(), run);
        return run;
    }

    /** A topic that no run has used before. */
    private BenchmarkTopic topic() throws InterruptedException, ExecutionException {
        return BenchmarkTopic.create(conditions.bootstrapServers(), "bench-" + ++topics);
    }

    private Contender product(Contender.Job job) {
        Map<String, String> more = job != Contender.Job.LISTED
                ? Map.of()
                : Map.of(
                        "CAMEL_MAIN_ROUTES_INCLUDE_PATTERN",
                        "classpath:routes/*.camel.yaml,file:"
                                + project.resolve("src/test/resources/bench/listed-records.camel.yaml"));
        return new Contender.Product(conditions, project.resolve("target/quarkus-app/quarkus-run.jar"), job, more);
    }

    /** Calls times latency over calls in flight: what no client can beat. */
    static double idealSeconds(int calls) {
        return calls * (LATENCY_MS / 1000.0) / IN_FLIGHT;
    }
}
