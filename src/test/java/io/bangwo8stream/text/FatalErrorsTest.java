package io.bangwo8stream.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.process.JavaProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FatalErrorsTest {

    @Test
    void takesAUsedUpHeapForFatalWhoeverHasWrappedTheError() {
        assertThat(FatalErrors.isFatal(new OutOfMemoryError("Java heap space"))).isTrue();
        assertThat(FatalErrors.isFatal(new IllegalStateException(new RuntimeException(new OutOfMemoryError()))))
                .isTrue();
    }

    @Test
    void takesNoOtherErrorForFatal() {
        assertThat(FatalErrors.isFatal(new StackOverflowError())).isFalse();
        assertThat(FatalErrors.isFatal(new UnsatisfiedLinkError("no lib"))).isFalse();
        assertThat(FatalErrors.isFatal(new IllegalStateException())).isFalse();
    }

    /** Fails in its own process: {@code main} is what a thread of the product does. */
    @Test
    void endsTheProcessAndSaysWhatToDo(@TempDir Path folder) throws Exception {
        Path output = folder.resolve("output");

        try (JavaProcess process =
                JavaProcess.ofClass(FatalErrorsTest.class).outputTo(output).start()) {
            assertThat(process.awaitExit()).isEqualTo(3);
        }

        assertThat(output)
                .content()
                .contains("process-ended reason=OutOfMemoryError: Java heap space: give the JVM more memory with -Xmx");
    }

    public static void main(String... args) throws InterruptedException {
        FatalErrors.endProcessAfter(new IllegalStateException(new OutOfMemoryError("Java heap space")));
        Thread.currentThread().join();
    }
}
