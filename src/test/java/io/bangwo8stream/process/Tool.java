package io.bangwo8stream.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program of the machine that ends by itself, such as {@code tar}. */
public final class Tool {

    private static final long SECONDS = 60;

    private final String program;
    private final ProcessBuilder builder = new ProcessBuilder().redirectError(ProcessBuilder.Redirect.DISCARD);

    private Tool(String program) {
        this.program = program;
    }

    /** A program that every machine has. */
    public static Tool of(String program) {
        return new Tool(program);
    }

    /** A program of the JDK that runs this process. */
    public static Tool ofJdk(String program) {
        return of(Path.of(System.getProperty("java.home"), "bin", program).toString());
    }

    /**
     * A program that a developer's machine need not have; without it the test is skipped, and says so.
     *
     * @param hint where the program comes from
     */
    public static Tool require(String program, String hint) {
        if (!isInstalled(program)) {
            System.out.println("skipped: " + program + " is not installed (" + hint + ")");
        }
        assumeTrue(isInstalled(program));
        return of(program);
    }

    public static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** Runs the program in {@code directory}. */
    public Tool in(Path directory) {
        builder.directory(directory.toAbsolutePath().toFile());
        return this;
    }

    public Tool input(Path file) {
        builder.redirectInput(file.toFile());
        return this;
    }

    public Tool environment(String name, String value) {
        builder.environment().put(name, value);
        return this;
    }

    /** Returns errors and warnings too. */
    public Tool withErrors() {
        builder.redirectErrorStream(true);
        return this;
    }

    /** Returns what the program prints; it must succeed. */
    public String run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        try {
            Process process = builder.command(command).start();
            // A program that hangs would hold up the test for ever.
            process.onExit().orTimeout(SECONDS, TimeUnit.SECONDS).exceptionally(late -> process.destroyForcibly());
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor())
                    .as("%s: %s", String.join(" ", command), output)
                    .isZero();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
