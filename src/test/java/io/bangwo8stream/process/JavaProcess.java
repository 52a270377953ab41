package io.bangwo8stream.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A Java process that this process started: its output, its signals, and its figures from {@code /proc}. */
public final class JavaProcess implements AutoCloseable {

    private static final Duration CLOSE_GRACE = Duration.ofSeconds(10);
    /** USER_HZ, the unit in which /proc counts processor time: 100 on every Linux that Java runs on. */
    private static final double TICKS_PER_SECOND = 100;

    private final Process process;
    private final BufferedReader output;
    private volatile boolean closed;

    JavaProcess(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** A process that runs {@code java -jar}. */
    public static JavaProcessBuilder ofJar(Path jar) {
        return new JavaProcessBuilder(List.of("-jar", jar.toString()));
    }

    /** A process that runs a native binary; options of the JVM that it does not have are left out. */
    public static JavaProcessBuilder ofBinary(Path binary) {
        return new JavaProcessBuilder(binary.toString(), List.of());
    }

    /** A process that runs a main class with the class path of this process. */
    public static JavaProcessBuilder ofClass(Class<?> main) {
        return ofClass(main, System.getProperty("java.class.path"));
    }

    /** A process that runs a main class with another class path. */
    public static JavaProcessBuilder ofClass(Class<?> main, String classPath) {
        return new JavaProcessBuilder(List.of("-cp", classPath, main.getName()));
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until the process has ended, and returns its exit code. */
    public int awaitExit() throws InterruptedException {
        return process.waitFor();
    }

    /** Waits until the process has ended; false when it still runs after {@code timeout}. */
    public boolean awaitExit(Duration timeout) throws InterruptedException {
        return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Completes with the exit code when the process has ended. */
    public CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** @throws IllegalStateException with the rest of the output when the process has ended */
    public void requireAlive() throws IOException {
        if (!process.isAlive()) {
            awaitLine("\n");
        }
    }

    /**
     * Reads the output until a line contains {@code text}.
     *
     * @return the rest of the line after {@code text}, stripped
     * @throws IllegalStateException with the output when the process ends first
     */
    public String awaitLine(String text) throws IOException {
        StringBuilder read = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            int at = line.indexOf(text);
            if (at >= 0) {
                return line.substring(at + text.length()).strip();
            }
            read.append(line).append('\n');
        }
        throw new IllegalStateException("a process ended before it printed '" + text + "':\n" + read);
    }

    /** Passes each line of the output to {@code reader}, on a thread of its own, until {@link #close}. */
    public void forEachLine(Consumer<String> reader) {
        Thread thread = new Thread(() -> readLines(reader), "java-process-output");
        thread.setDaemon(true);
        thread.start();
    }

    private void readLines(Consumer<String> reader) {
        try {
            output.lines().forEach(reader);
        } catch (UncheckedIOException e) {
            if (!closed) {
                throw e;
            }
        }
    }

    /** Sends SIGSTOP, which halts the process at any instruction; false when the process has ended. */
    public boolean pause() throws InterruptedException {
        return signal("-STOP");
    }

    /** Sends SIGCONT; false when the process has ended. */
    public boolean resume() throws InterruptedException {
        return signal("-CONT");
    }

    private boolean signal(String name) throws InterruptedException {
        try {
            return new ProcessBuilder("kill", name, Long.toString(process.pid()))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            throw new UncheckedIOException("the command kill cannot be run", e);
        }
    }

    /** Sends SIGTERM, on which the process can shut down in order; does not wait. */
    public void terminate() {
        process.destroy();
    }

    /** Sends SIGKILL; does not wait. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Sends SIGKILL after {@code limit}, so that nobody waits longer for a process that hangs. */
    public void killAfter(Duration limit) {
        CompletableFuture.delayedExecutor(limit.toSeconds(), TimeUnit.SECONDS).execute(process::destroyForcibly);
    }

    /** Seconds of processor time, user and system, that the process has used since its start. */
    public double cpuSeconds() throws IOException {
        String stat = Files.readString(proc("stat"));
        // The second field is the command's name in brackets, which can contain blanks: proc(5).
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** The peak resident memory of the process, in MiB. */
    public double peakMebibytes() throws IOException {
        return Files.readAllLines(proc("status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024.0)
                .findFirst()
                .orElseThrow();
    }

    private Path proc(String file) {
        return Path.of("/proc", Long.toString(process.pid()), file);
    }

    /** Sends SIGTERM, and SIGKILL when the process still runs after {@code grace}; waits until it has ended. */
    public void stop(Duration grace) {
        process.destroy();
        try {
            if (!awaitExit(grace)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Stops the process with a grace of 10 s. */
    @Override
    public void close() {
        closed = true;
        stop(CLOSE_GRACE);
    }
}
