package io.bangwo8stream.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A Java process that this one started, and the signals that it gets. */
final class Child {

    private final Process process;

    private Child(Process process) {
        this.process = process;
    }

    /**
     * Starts it; nothing of this process's own environment reaches it.
     *
     * @param arguments of the Java launcher
     * @param log       to which its output is appended
     */
    static Child start(List<String> arguments, Map<String, String> environment, Path log) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        try {
            return new Child(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("a child process cannot be started", e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until it has ended; false when it still runs then. */
    boolean awaitEnd(long atMost, TimeUnit unit) throws InterruptedException {
        return process.waitFor(atMost, unit);
    }

    /** SIGSTOP: it stands still in the middle of whatever it does. */
    void pause() throws InterruptedException {
        signal("-STOP");
    }

    /** SIGCONT. */
    void resume() throws InterruptedException {
        signal("-CONT");
    }

    /** SIGTERM: it may end in good order. */
    void terminate() {
        process.destroy();
    }

    /** SIGKILL, and waits until it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private void signal(String name) throws InterruptedException {
        try {
            // One that has ended meanwhile is no mistake.
            new ProcessBuilder("kill", name, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("the command kill cannot be run", e);
        }
    }
}
