package io.bangwo8stream.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** Measures the packaged product and the ceiling in turns, and prints one table. */
public final class Benchmark {

    private static final int IN_FLIGHT = 16;
    private static final int LATENCY_MS = 50;
    private static final int FEW = 2_000;
    private static final int MANY = 50_000;

    private final Path project;
    private final String bootstrapServers;
    private final int rounds;
    private int topics;

    private Benchmark(Path project, String bootstrapServers, int rounds) {
        this.project = project;
        this.bootstrapServers = bootstrapServers;
        this.rounds = rounds;
    }

    /** @param args the project's directory and the number of rounds */
    public static void main(String[] args) throws Exception {
        Path project = Path.of(args[0]);
        Path brokerDirectory = Files.createTempDirectory(project.resolve("target"), "bench-broker");
        try (Child broker = Child.demo("EmbeddedBroker", brokerDirectory.toString())) {
            Benchmark benchmark = new Benchmark(project, broker.awaitLine("bootstrap.servers="), Integer.parseInt(args[1]));
            String report = new Report(benchmark.joined(), benchmark.listed(), benchmark.memory()).toString();
            System.out.println(report);
            Files.writeString(project.resolve("target/benchmark.md"), report);
        }
    }

    /** The runs of both contenders over the same API. */
    record Runs(List<Run> product, List<Run> ceiling) {
    }

    private Runs joined() throws IOException, InterruptedException, ExecutionException {
        return inTurns(FEW, LATENCY_MS, product(Map.of()), ceiling(true));
    }

    private Runs listed() throws IOException, InterruptedException, ExecutionException {
        return inTurns(MANY, 0, product(Map.of(
                "BANGWO8_SOURCES", "listed-records",
                "CAMEL_MAIN_ROUTES_INCLUDE_PATTERN", "classpath:routes/bangwo8-api.camel.yaml,"
                        + "classpath:routes/error-handling.camel.yaml,classpath:routes/source-template.camel.yaml,file:"
                        + project.resolve("src/bench/routes/listed-records.camel.yaml"))), ceiling(false));
    }

    /** Two runs of the product alone: few records, many records. */
    private List<Run> memory() throws IOException, InterruptedException, ExecutionException {
        List<Run> runs = new ArrayList<>();
        for (int records : new int[] {FEW, MANY}) {
            try (Api api = Api.start(records, 0)) {
                runs.add(run(product(Map.of()), api));
            }
        }
        return runs;
    }

    private Runs inTurns(int records, int latency, Contender product, Contender ceiling)
            throws IOException, InterruptedException, ExecutionException {
        Runs runs = new Runs(new ArrayList<>(), new ArrayList<>());
        try (Api api = Api.start(records, latency)) {
            for (int round = 0; round < rounds; round++) {
                runs.product().add(run(product, api));
                runs.ceiling().add(run(ceiling, api));
            }
        }
        return runs;
    }

    private Run run(Contender contender, Api api) throws IOException, InterruptedException, ExecutionException {
        Topic topic = Topic.create(bootstrapServers, "bench-" + ++topics);
        Run run = Run.of(contender, api, topic);
        System.out.printf("%s: %s%n", contender.name(), run);
        return run;
    }

    private Contender product(Map<String, String> more) {
        return new Contender.Product(project.resolve("target/quarkus-app/quarkus-run.jar"), bootstrapServers, IN_FLIGHT,
                more);
    }

    private Contender ceiling(boolean joined) {
        return new Contender.ByHand(bootstrapServers, IN_FLIGHT, joined);
    }

    /** Calls times latency over calls in flight: what no client can beat. */
    static double idealSeconds(int calls) {
        return calls * (LATENCY_MS / 1000.0) / IN_FLIGHT;
    }
}
