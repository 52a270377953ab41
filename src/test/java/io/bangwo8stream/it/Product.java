package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged product as a process that knows nothing but its environment variables. */
final class Product implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final Pattern MANAGEMENT =
            Pattern.compile("Management interface listening on (http://\\S+?)\\.?\\s");

    private final Process process;
    private final Path output;

    private Product(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * Starts it; nothing of this process's own environment reaches it.
     *
     * @param settings by their keys, such as {@code bangwo8.base-url}
     */
    static Product start(String name, Map<String, String> settings) {
        try {
            Path output = Files.createDirectories(Path.of("target", "it-logs")).resolve(name + ".log");
            // A young, small process compiles little: the quick compiler alone starts it sooner.
            ProcessBuilder builder = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Xmx128m",
                    "-jar",
                    JAR.toString());
            builder.environment().clear();
            settings.forEach((key, value) -> builder.environment().put(variable(key), value));
            builder.redirectErrorStream(true).redirectOutput(output.toFile());
            return new Product(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException("the product cannot be started", e);
        }
    }

    /** The environment variable of a setting, by the rule of MicroProfile Config. */
    private static String variable(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /** Everything that it has written so far. */
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

    /** Waits until it ends by itself, and gives its exit code. */
    int awaitExit() {
        return awaitExit(PATIENCE);
    }

    int awaitExit(Duration longest) {
        try {
            if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                fail("the product still runs after %s:%n%s", longest, output());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return process.exitValue();
    }

    /** Waits for a line that it writes from now on, and in which the pattern is found. */
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

    /** What its management port answers, whatever the status. */
    HttpResponse<String> management(String path) {
        Matcher address = MANAGEMENT.matcher(output());
        if (!address.find()) {
            throw new IllegalStateException("the product has not said where its management port is:\n" + output());
        }
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(address.group(1) + path))
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

    /** SIGSTOP: it stands still in the middle of whatever it does. */
    void pause() {
        signal("-STOP");
    }

    /** SIGCONT. */
    void resume() {
        signal("-CONT");
    }

    private void signal(String name) {
        try {
            int exit = new ProcessBuilder("kill", name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (exit != 0) {
                fail("kill " + name + " ended with " + exit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the command kill cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** SIGKILL, and waits until it is gone. */
    void kill() {
        close();
    }

    /** Sends SIGTERM. */
    void terminate() {
        process.destroy();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        awaitExit();
    }
}
