package io.bangwo8stream.text;

/** A copy of an exception for the log, with its stack, but with a redacted message. */
final class SafeThrowable extends Throwable {

    private static final long serialVersionUID = 1L;

    /** Causes of causes; more of them tell nothing. */
    private static final int DEEPEST = 10;

    private final String text;

    private SafeThrowable(Throwable original, Throwable cause) {
        super(null, cause, true, true);
        this.text = original.getClass().getName()
                + (original.getMessage() == null ? "" : ": " + SafeText.line(original.getMessage()));
        setStackTrace(original.getStackTrace());
    }

    static Throwable of(Throwable original) {
        return of(original, 0);
    }

    private static Throwable of(Throwable original, int depth) {
        if (original == null || original instanceof SafeThrowable || depth == DEEPEST) {
            return original instanceof SafeThrowable ? original : null;
        }
        SafeThrowable copy = new SafeThrowable(original, of(original.getCause(), depth + 1));
        for (Throwable suppressed : original.getSuppressed()) {
            Throwable safe = of(suppressed, depth + 1);
            if (safe != null) {
                copy.addSuppressed(safe);
            }
        }
        return copy;
    }

    @Override
    public String toString() {
        return text;
    }
}
