package io.bangwo8stream.text;

import org.apache.camel.CamelExecutionException;
import org.jboss.logging.Logger;

/** Ends the process after an error that leaves it unreliable, since it would neither work nor end by itself. */
public final class FatalErrors {

    private static final Logger LOG = Logger.getLogger(FatalErrors.class);

    /** What the JVM exits with under {@code -XX:+ExitOnOutOfMemoryError}. */
    private static final int EXIT_CODE = 3;

    private FatalErrors() {}

    /** Ends the process at once when {@code failure} is fatal; what was committed stays committed. */
    public static void endProcessAfter(Throwable failure) {
        if (isFatal(failure)) {
            try {
                LOG.fatalf(
                        "process-ended reason=%s: give the JVM more memory with -Xmx, or lower bangwo8.per-page and"
                                + " bangwo8.max-in-flight",
                        SafeText.named(root(failure)));
            } finally {
                Runtime.getRuntime().halt(EXIT_CODE);
            }
        }
    }

    /** Whether the heap is used up, or the JVM is broken; a stack overflow ends with the method that caused it. */
    static boolean isFatal(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof VirtualMachineError && !(cause instanceof StackOverflowError)) {
                return true;
            }
        }
        return false;
    }

    /** What was thrown in a route: Camel wraps an Error. */
    public static Throwable unwrapped(Throwable failure) {
        return failure instanceof CamelExecutionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
