package io.bangwo8stream.bench;

import io.bangwo8stream.process.JavaProcess;
import io.bangwo8stream.process.JavaProcessBuilder;
import io.bangwo8stream.process.PackagedProduct;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The product on the JVM that runs this process; on another one with an AOT cache, where the variable {@code BENCH_JAVA}
 * names its {@code java} command; and as the native binary that {@code BENCH_BINARY} names.
 */
final class Platforms {

    private static final List<String> COMPILER = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final Path project;
    private final List<Platform> platforms = new ArrayList<>();

    /** @param files the package: a file, or a folder */
    private record Platform(String name, Path files, Supplier<JavaProcessBuilder> packaged) {}

    Platforms(Path project) throws IOException, InterruptedException {
        this.project = project;
        Path jar = project.resolve(PackagedProduct.JAR);
        platforms.add(new Platform(
                "Java " + Runtime.version().feature(),
                jar.getParent(),
                () -> JavaProcess.ofJar(jar).options(COMPILER)));
        String other = System.getenv("BENCH_JAVA");
        if (other != null) {
            Path cache = aotCache(Path.of(other), jar);
            platforms.add(new Platform(
                    "Java of BENCH_JAVA, AOT cache",
                    jar.getParent(),
                    () -> java(Path.of(other), jar, "-XX:AOTCache=" + cache)));
        }
        String binary = System.getenv("BENCH_BINARY");
        if (binary != null) {
            platforms.add(new Platform("native", Path.of(binary), () -> JavaProcess.ofBinary(Path.of(binary))));
        }
    }

    private static JavaProcessBuilder java(Path java, Path jar, String... more) {
        List<String> arguments = new ArrayList<>(COMPILER);
        arguments.addAll(List.of(more));
        arguments.addAll(List.of("-jar", jar.toString()));
        return JavaProcess.ofBinary(java).arguments(arguments.toArray(String[]::new));
    }

    /** Makes the cache as {@code Dockerfile.jvm} does. */
    private Path aotCache(Path java, Path jar) throws IOException, InterruptedException {
        Path cache = project.resolve("target/bench.aot");
        try (JavaProcess training = java(java, jar, "-XX:AOTCacheOutput=" + cache)
                .environment(Map.of(
                        "BANGWO8_COMMAND", "check",
                        "BANGWO8_ACCOUNT", "nobody",
                        "BANGWO8_PASSWORD", "none",
                        "BANGWO8_BASE_URL", "http://127.0.0.1:9",
                        "KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9"))
                .outputTo(project.resolve("target/bench-aot.log"))
                .start()) {
            training.awaitExit();
        }
        return cache;
    }

    /** A row of the table for each platform; {@code measure} measures one. */
    String rows(Measure measure) throws Exception {
        StringBuilder rows = new StringBuilder("""

                | platform | size, MiB | started, s | first request, s | first event, s | CPU s, 2,000 records | MiB, 2,000 records, -Xmx64m | MiB, 100,000 records, -Xmx256m |
                |---|---:|---:|---:|---:|---:|---:|---:|
                """);
        for (Platform platform : platforms) {
            rows.append("| %s | %.0f | %s |%n"
                    .formatted(platform.name(), mebibytes(platform.files()), measure.of(platform.packaged())));
        }
        return rows.toString();
    }

    /** Measures one package of the product; returns the figures of its row. */
    interface Measure {
        String of(Supplier<JavaProcessBuilder> packaged) throws Exception;
    }

    private static double mebibytes(Path path) {
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(Files::isRegularFile)
                            .mapToLong(file -> file.toFile().length())
                            .sum()
                    / 1024.0
                    / 1024.0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Seconds since the start of the process. */
    record Start(double started, double firstRequest, double firstEvent, double cpu, double peakMebibytes) {

        static Start of(MeasuredProgram program, BenchmarkApi api, BenchmarkTopic topic)
                throws IOException, InterruptedException {
            api.resetRequests();
            try (BenchmarkTopic.Follower events = topic.follow()) {
                long begun = System.nanoTime();
                try (JavaProcess process = program.start(api.url(), topic.name())) {
                    process.awaitLine("started sources=");
                    double started = seconds(begun);
                    BenchmarkRun.awaitFirstRequest(process, api);
                    double firstRequest = seconds(begun);
                    events.awaitAny();
                    double firstEvent = seconds(begun);
                    process.awaitLine("scanned source=");
                    return new Start(started, firstRequest, firstEvent, process.cpuSeconds(), process.peakMebibytes());
                }
            }
        }

        private static double seconds(long begun) {
            return (System.nanoTime() - begun) / 1e9;
        }
    }
}
