package io.bangwo8stream.text;

import io.quarkus.logging.LoggingFilter;
import java.util.function.BooleanSupplier;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.ExtLogRecord.FormatStyle;
import org.jboss.logmanager.formatters.PatternFormatter;

/**
 * The last look at what is logged, whoever logs it: credentials are redacted, and no message forges a second line.
 *
 * <p>The product makes its own texts safe where they arise; this filter holds for the libraries, at any level.
 */
@LoggingFilter(name = "safe-text")
public final class SafeLogFilter implements Filter {

    /** Its loggers {@code wire} and {@code headers} write the login. */
    private static final String HTTP_CLIENT = "org.apache.hc.";

    private static final ExtFormatter MESSAGES = new PatternFormatter("%s");

    private static final String PRODUCT = "io.bangwo8stream";

    /** Logs that the start has failed. */
    private static final String QUARKUS = "io.quarkus.runtime.Application";

    private final BooleanSupplier startIsCutShort;

    public SafeLogFilter() {
        this(StartPhase::isCutShort);
    }

    /** @param startIsCutShort whether the process was asked to end before its start had ended */
    SafeLogFilter(BooleanSupplier startIsCutShort) {
        this.startIsCutShort = startIsCutShort;
    }

    @Override
    public boolean isLoggable(LogRecord record) {
        String logger = String.valueOf(record.getLoggerName());
        if (logger.startsWith(HTTP_CLIENT) && record.getLevel().intValue() < Level.WARNING.intValue()) {
            return false;
        }
        if (record.getThrown() != null && startIsCutShort.getAsBoolean()) {
            return QUARKUS.equals(logger) && replace(record);
        }
        String message = String.valueOf(MESSAGES.formatMessage(record));
        String safe = logger.startsWith(PRODUCT) ? SafeText.line(message) : indented(message);
        if (!safe.equals(message)) {
            setMessage(record, safe);
        }
        if (record.getThrown() != null) {
            record.setThrown(SafeThrowable.of(record.getThrown()));
        }
        return true;
    }

    /** The failures that an interrupted start causes in Quarkus and in Kafka's clients need no stack traces. */
    private static boolean replace(LogRecord record) {
        record.setLevel(Level.INFO);
        record.setThrown(null);
        setMessage(record, "start-cut-short: the process was asked to end before its start had ended");
        return true;
    }

    private static void setMessage(LogRecord record, String message) {
        record.setMessage(message);
        record.setParameters(null);
        if (record instanceof ExtLogRecord ext) {
            ext.setMessage(message, FormatStyle.NO_FORMAT);
        }
    }

    /** Several lines of a library are kept, but none that begins like a line of the log. */
    private static String indented(String message) {
        return message.lines()
                .map(SafeText::line)
                .reduce((first, next) -> first + System.lineSeparator() + "  " + next)
                .orElse("");
    }
}
