package io.bangwo8stream.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The packaged product as a child process. */
final class Product implements AutoCloseable {

    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");

    private final Process process;

    private Product(Process process) {
        this.process = process;
    }

    /** Fails with what to do when the product has not been built. */
    static void requirePackaged() {
        if (!Files.exists(JAR)) {
            throw new IllegalStateException(JAR + " is missing: run 'mvn package' first, in the project's directory");
        }
    }

    /** Starts it against a broker and an API; its output goes to the log file. */
    static Product start(String bootstrapServers, URI api, int managementPort, Path log) {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString());
        builder.environment().putAll(environment(bootstrapServers, api, managementPort));
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        try {
            return new Product(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("the product cannot be started", e);
        }
    }

    /** Short intervals, so that something is seen to happen. */
    private static Map<String, String> environment(String bootstrapServers, URI api, int managementPort) {
        return Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", bootstrapServers,
                "BANGWO8_BASE_URL", api.toString(),
                "BANGWO8_ACCOUNT", "demo",
                "BANGWO8_PASSWORD", "demo",
                "BANGWO8_POLL_INTERVAL", "5s",
                "BANGWO8_SWEEP_INTERVAL", "20s",
                "BANGWO8_REVISIT_AFTER", "20s,1m,5m",
                "BANGWO8_REQUESTS_PER_SECOND", "200",
                "QUARKUS_HTTP_PORT", "0",
                "QUARKUS_MANAGEMENT_PORT", String.valueOf(managementPort));
    }

    /** Completes with the exit code when the product ends by itself or is closed. */
    CompletableFuture<Integer> ended() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** Asks it to stop, and ends it when it has not stopped within 15 s. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
