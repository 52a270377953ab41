package io.bangwo8stream.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Describes a Java process and starts it. Unless stated otherwise the process inherits the environment, and its output,
 * standard error included, is read through {@link JavaProcess#awaitLine} or {@link JavaProcess#forEachLine}.
 */
public final class JavaProcessBuilder {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private final ProcessBuilder builder = new ProcessBuilder().redirectErrorStream(true);
    private final List<String> options = new ArrayList<>();
    private final String launcher;
    private final List<String> program;
    private final List<String> arguments = new ArrayList<>();
    private boolean endsOnShutdown;

    /** @param program the launcher's arguments that name the program: {@code -jar file} or {@code -cp path class} */
    JavaProcessBuilder(List<String> program) {
        this(JAVA, program);
    }

    /** @param launcher what is run: {@code java}, or a native binary, whose program is empty */
    JavaProcessBuilder(String launcher, List<String> program) {
        this.launcher = launcher;
        this.program = program;
    }

    /** Adds options of the JVM, such as {@code -Xmx64m}. */
    public JavaProcessBuilder options(List<String> added) {
        options.addAll(added);
        return this;
    }

    /** Adds options of the JVM, such as {@code -Xmx64m}. */
    public JavaProcessBuilder options(String... added) {
        return options(List.of(added));
    }

    /** Adds arguments of the program. */
    public JavaProcessBuilder arguments(String... added) {
        arguments.addAll(List.of(added));
        return this;
    }

    /** Removes all environment variables, the inherited ones included. */
    public JavaProcessBuilder clearEnvironment() {
        builder.environment().clear();
        return this;
    }

    /** Starts the process in {@code directory}, not in that of this process. */
    public JavaProcessBuilder directory(Path directory) {
        builder.directory(directory.toFile());
        return this;
    }

    /** Adds environment variables. */
    public JavaProcessBuilder environment(Map<String, String> added) {
        builder.environment().putAll(added);
        return this;
    }

    /** Writes the output to a file, whose former content is lost. */
    public JavaProcessBuilder outputTo(Path file) {
        builder.redirectOutput(file.toFile());
        return this;
    }

    /** Appends the output to a file. */
    public JavaProcessBuilder appendOutputTo(Path file) {
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(file.toFile()));
        return this;
    }

    /** Sends SIGTERM to the process when this process ends. */
    public JavaProcessBuilder endOnShutdown() {
        endsOnShutdown = true;
        return this;
    }

    /**
     * Starts the process.
     *
     * @throws UncheckedIOException when the {@code java} command of this process, or the binary, cannot be run
     */
    public JavaProcess start() {
        List<String> command = new ArrayList<>(List.of(launcher));
        // A native binary has no compiler to choose, and its collector is chosen when it is built.
        options.stream()
                .filter(option -> !program.isEmpty() || !option.startsWith("-XX:"))
                .forEach(command::add);
        command.addAll(program);
        command.addAll(arguments);
        try {
            Process process = builder.command(command).start();
            if (endsOnShutdown) {
                Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "end-java-process"));
            }
            return new JavaProcess(process);
        } catch (IOException e) {
            throw new UncheckedIOException("the Java process cannot be started", e);
        }
    }
}
