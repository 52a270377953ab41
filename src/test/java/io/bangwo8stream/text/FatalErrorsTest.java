package io.bangwo8stream.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
}
