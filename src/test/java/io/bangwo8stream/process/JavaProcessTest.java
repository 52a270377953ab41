package io.bangwo8stream.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaProcessTest {

    /** The binary is a script that prints its arguments. */
    @Test
    void startsABinaryWithTheOptionsThatItHas(@TempDir Path folder) throws Exception {
        Path binary = Files.writeString(folder.resolve("binary"), "#!/bin/sh\necho \"$@\"\n");
        assertThat(binary.toFile().setExecutable(true)).isTrue();
        Path output = folder.resolve("output");

        try (JavaProcess process = JavaProcess.ofBinary(binary)
                .options("-Xmx64m", "-XX:+UseSerialGC", "-Da=b")
                .arguments("status")
                .outputTo(output)
                .start()) {
            assertThat(process.awaitExit()).isZero();
        }

        assertThat(output).content().isEqualTo("-Xmx64m -Da=b status\n");
    }
}
