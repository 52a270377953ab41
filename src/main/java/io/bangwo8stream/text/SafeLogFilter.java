package io.bangwo8stream.text;

import io.quarkus.logging.LoggingFilter;
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

    @Override
    public boolean isLoggable(LogRecord record) {
        String logger = String.valueOf(record.getLoggerName());
        if (logger.startsWith(HTTP_CLIENT) && record.getLevel().intValue() < Level.WARNING.intValue()) {
            return false;
        }
        String message = String.valueOf(MESSAGES.formatMessage(record));
        String safe = logger.startsWith(PRODUCT) ? SafeText.line(message) : indented(message);
        if (!safe.equals(message)) {
            record.setMessage(safe);
            record.setParameters(null);
            if (record instanceof ExtLogRecord ext) {
                ext.setMessage(safe, FormatStyle.NO_FORMAT);
            }
        }
        if (record.getThrown() != null) {
            record.setThrown(SafeThrowable.of(record.getThrown()));
        }
        return true;
    }

    /** Several lines of a library are kept, but none that begins like a line of the log. */
    private static String indented(String message) {
        return message.lines()
                .map(SafeText::line)
                .reduce((first, next) -> first + System.lineSeparator() + "  " + next)
                .orElse("");
    }
}
