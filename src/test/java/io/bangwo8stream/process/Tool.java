package io.bangwo8stream.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Runs a program that a developer's machine need not have; without it the test is skipped, and says so. */
final class Tool {

    private final String program;

    private Tool(String program) {
        this.program = program;
    }

    /** @param hint where the program comes from */
    static Tool require(String program, String hint) {
        boolean present = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        if (!present) {
            System.out.println("skipped: " + program + " is not installed (" + hint + ")");
        }
        assumeTrue(present);
        return new Tool(program);
    }

    /** Returns what the program prints; it must succeed. */
    String run(String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                Stream.concat(Stream.of(program), Stream.of(arguments)).toList());
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
