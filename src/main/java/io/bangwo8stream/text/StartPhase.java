package io.bangwo8stream.text;

/** The time from the beginning of the process to the end of its start. */
public final class StartPhase {

    private static volatile boolean over;

    private StartPhase() {}

    /** Ends the phase: the routes of the sources have been started. */
    public static void end() {
        over = true;
    }

    /** Whether the process was asked to end within the phase, so that everything else that fails does so for that reason. */
    static boolean isCutShort() {
        return !over && isProcessEnding();
    }

    private static boolean isProcessEnding() {
        try {
            Runtime.getRuntime().removeShutdownHook(new Thread(() -> {}));
            return false;
        } catch (IllegalStateException ending) {
            return true;
        }
    }
}
