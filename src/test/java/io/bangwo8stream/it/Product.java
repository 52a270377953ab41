package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import io.bangwo8stream.process.JavaProcess;
import io.bangwo8stream.process.JavaProcessBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged product in a process of its own, whose only environment variables are its settings. */
final class Product implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Pattern MANAGEMENT =
            Pattern.compile("Management interface listening on (http://\\S+?)\\.?(\\s|$)");

    private final JavaProcess process;
    private final Path output;

    private Product(JavaProcess process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * Starts the product without any environment variable of this process.
     *
     * @param packaged what to start
     * @param settings by their keys, such as {@code bangwo8.base-url}
     */
    static Product start(JavaProcessBuilder packaged, String name, Map<String, String> settings) {
        Path output = logDirectory().resolve(name + ".log");
        Map<String, String> environment = new HashMap<>();
        settings.forEach((key, value) -> environment.put(variable(key), value));
        JavaProcess process = packaged
                // A short-lived, small process compiles little: with the quick compiler alone it starts sooner.
                .options("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m")
                .clearEnvironment()
                .environment(environment)
                .outputTo(output)
                .start();
        return new Product(process, output);
    }

    private static Path logDirectory() {
        try {
            return Files.createDirectories(Path.of("target", "it-logs"));
        } catch (IOException e) {
            throw new UncheckedIOException("the product cannot be started", e);
        }
    }

    /** The environment variable of a setting, by the rule of MicroProfile Config. */
    private static String variable(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /** The whole output so far. */
    String output() {
        try {
            return Files.readString(output, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> lines() {
        return output().lines().toList();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until the product ends by itself, and returns its exit code. */
    int awaitExit() {
        return awaitExit(PATIENCE);
    }

    int awaitExit(Duration longest) {
        try {
            if (!process.awaitExit(longest)) {
                fail("the product still runs after %s:%n%s", longest, output());
            }
            return process.awaitExit();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits for a line of the output, not among the first {@code from} lines, in which the pattern is found. */
    String awaitLine(int from, String pattern) {
        Pattern wanted = Pattern.compile(pattern);
        return await("a line with " + pattern)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> lines().stream()
                                .skip(from)
                                .filter(line -> wanted.matcher(line).find())
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** The response of the management port, of any status; waits until the port is open. */
    HttpResponse<String> management(String path) {
        return management(path, "en");
    }

    /** The same for a browser that prefers {@code language}. */
    HttpResponse<String> management(String path, String language) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(managementUrl() + path))
                                    .header("Accept-Language", language)
                                    .timeout(PATIENCE)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The origin of the management port; waits until the port is open. */
    String managementUrl() {
        Matcher address = MANAGEMENT.matcher(awaitLine(0, MANAGEMENT.pattern()) + "\n");
        if (!address.find()) {
            throw new IllegalStateException("the product has not logged its management port:\n" + output());
        }
        return address.group(1);
    }

    /** Sends SIGSTOP. */
    void pause() {
        signal("-STOP", JavaProcess::pause);
    }

    /** Sends SIGCONT. */
    void resume() {
        signal("-CONT", JavaProcess::resume);
    }

    private interface Signal {
        boolean sendTo(JavaProcess process) throws InterruptedException;
    }

    private void signal(String name, Signal signal) {
        try {
            if (!signal.sendTo(process)) {
                fail("kill " + name + " failed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends SIGKILL, and waits until the product has ended. */
    void kill() {
        close();
    }

    /** Sends SIGTERM. */
    void terminate() {
        process.terminate();
    }

    @Override
    public void close() {
        process.kill();
        awaitExit();
    }
}
