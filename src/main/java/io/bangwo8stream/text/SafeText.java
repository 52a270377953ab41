package io.bangwo8stream.text;

/** Makes the texts that the product writes about errors: without credentials, in one line, and short. */
public final class SafeText {

    /** Length of an error text in characters, in logs, dead letters, health and status. */
    public static final int LONGEST = 300;

    /** More of a text than this is not looked at. */
    private static final int READ = 8_192;

    private SafeText() {}

    /** Returns the text of an API, a library or a user, redacted, in one line and cut. */
    public static String of(String text) {
        // Redacted before it is cut: half a secret at the end would not be recognised.
        return cut(line(text == null || text.length() <= READ ? text : beginning(text)), LONGEST);
    }

    /** Returns the message of {@code failure} likewise, or the name of its class where it has none. */
    public static String of(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : of(message);
    }

    /** Returns the class and the message of {@code failure} likewise. */
    public static String named(Throwable failure) {
        return of(
                failure.getMessage() == null
                        ? failure.getClass().getSimpleName()
                        : failure.getClass().getSimpleName() + ": " + failure.getMessage());
    }

    /** Returns a text that the product itself has put together, redacted and in one line; advice in it is not cut. */
    public static String line(String text) {
        return text == null ? "null" : escaped(Secrets.redact(text));
    }

    /** Returns {@code text} with escapes in the place of characters that end a line or control a terminal. */
    public static String escaped(String text) {
        int first = 0;
        while (first < text.length() && !isControl(text.charAt(first))) {
            first++;
        }
        if (first == text.length()) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16).append(text, 0, first);
        text.substring(first).chars().forEach(unit -> append(escaped, (char) unit));
        return escaped.toString();
    }

    /** Returns whether {@code text} contains a character that ends a line or controls a terminal. */
    public static boolean hasControls(String text) {
        return text.chars().anyMatch(unit -> isControl((char) unit));
    }

    /** Returns the first {@code longest} characters at most, with an ellipsis as the last one where some are cut. */
    public static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 2)) ? longest - 2 : longest - 1;
        return text.substring(0, end) + "…";
    }

    /** The last quarter is left out: it may end with half a secret, which is not recognised. */
    private static String beginning(String text) {
        String read = Secrets.redact(text.substring(0, READ));
        return read.substring(0, read.length() * 3 / 4) + "…";
    }

    private static void append(StringBuilder escaped, char unit) {
        switch (unit) {
            case '\n' -> escaped.append("\\n");
            case '\r' -> escaped.append("\\r");
            case '\t' -> escaped.append("\\t");
            default -> {
                if (isControl(unit)) {
                    escaped.append("\\u%04x".formatted((int) unit));
                } else {
                    escaped.append(unit);
                }
            }
        }
    }

    /** Controls, separators of lines, and marks that reverse the direction of what follows. */
    private static boolean isControl(char unit) {
        return Character.isISOControl(unit)
                || unit == 0x2028
                || unit == 0x2029
                || unit >= 0x202A && unit <= 0x202E
                || unit >= 0x2066 && unit <= 0x2069;
    }
}
