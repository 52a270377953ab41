package io.bangwo8stream.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A process of the benchmark, read line by line, and what the kernel says of it. */
final class Child implements AutoCloseable {

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    /** USER_HZ, in which /proc counts a process's time: 100 on every Linux that Java runs on. */
    private static final double TICKS_PER_SECOND = 100;

    private final Process process;
    private final BufferedReader lines;

    private Child(Process process) {
        this.process = process;
        // Where the benchmark is stopped, nothing of it goes on.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        this.lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts a server of the demo with the benchmark's own class path. */
    static Child demo(String name, String... args) {
        return main(List.of("-Xmx512m"), System.getProperty("java.class.path"), "io.bangwo8stream." + name, args);
    }

    /** Starts a class with {@code options} of the JVM. */
    static Child main(List<String> options, String classPath, String name, String... args) {
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of("-cp", classPath, name));
        arguments.addAll(List.of(args));
        return java(Map.of(), arguments);
    }

    /** Starts {@code java} with these arguments and, besides our own, these variables. */
    static Child java(Map<String, String> environment, List<String> arguments) {
        List<String> command = new ArrayList<>(arguments);
        command.add(0, JAVA.toString());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            return new Child(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads on until a line holds {@code text}.
     *
     * @return what stands behind it
     * @throws IllegalStateException with the process's output when it ends before
     */
    String awaitLine(String text) throws IOException {
        StringBuilder output = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            int at = line.indexOf(text);
            if (at >= 0) {
                return line.substring(at + text.length()).strip();
            }
            output.append(line).append('\n');
        }
        throw new IllegalStateException("a process ended before it said '" + text + "':\n" + output);
    }

    /**
     * Returns while the process runs.
     *
     * @throws IllegalStateException with its output when it has ended
     */
    void checkAlive() throws IOException {
        if (!process.isAlive()) {
            awaitLine("\n");
        }
    }

    /** Ends the process after {@code limit}, so that nobody waits for one that stands still. */
    void endAfter(Duration limit) {
        CompletableFuture.delayedExecutor(limit.toSeconds(), TimeUnit.SECONDS).execute(process::destroyForcibly);
    }

    /** Seconds of processor time that the process has used since it started. */
    double cpuSeconds() throws IOException {
        String stat = Files.readString(proc("stat"));
        // The second field is the command's name in brackets and may hold blanks: proc(5).
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** The most memory that the process has had resident, in MiB. */
    double peakMebibytes() throws IOException {
        return Files.readAllLines(proc("status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024.0)
                .findFirst()
                .orElseThrow();
    }

    private Path proc(String file) {
        return Path.of("/proc", Long.toString(process.pid()), file);
    }

    /** Stops the process, at once when it does not stop by itself. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
