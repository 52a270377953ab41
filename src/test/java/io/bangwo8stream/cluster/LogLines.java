package io.bangwo8stream.cluster;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.formatters.PatternFormatter;

/** Collects the log messages of one class until it is closed. */
public final class LogLines extends Handler implements AutoCloseable {

    private static final ExtFormatter MESSAGES = new PatternFormatter("%s");

    private final Logger logger;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private LogLines(Logger logger) {
        this.logger = logger;
    }

    public static LogLines of(Class<?> type) {
        LogLines lines = new LogLines(Logger.getLogger(type.getName()));
        lines.logger.addHandler(lines);
        return lines;
    }

    public List<String> all() {
        return List.copyOf(lines);
    }

    long containing(String text) {
        return lines.stream().filter(line -> line.contains(text)).count();
    }

    @Override
    public void publish(LogRecord line) {
        lines.add(MESSAGES.formatMessage(line));
    }

    @Override
    public void flush() {
        // The handler buffers nothing.
    }

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
