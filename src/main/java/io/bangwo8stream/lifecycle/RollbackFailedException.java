package io.bangwo8stream.lifecycle;

import java.util.Set;

/** The new routes cannot run, and some of the former ones cannot run again either: sources stand still. */
final class RollbackFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Set<String> stopped;

    /**
     * @param stopped names of the sources that do not run
     * @param refused why the new routes cannot run
     * @param failed  why the former ones cannot
     */
    RollbackFailedException(Set<String> stopped, Throwable refused, Throwable failed) {
        super(failed.getMessage(), refused);
        this.stopped = Set.copyOf(stopped);
        addSuppressed(failed);
    }

    Set<String> stopped() {
        return stopped;
    }
}
