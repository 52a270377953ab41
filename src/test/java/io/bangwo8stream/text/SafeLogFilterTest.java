package io.bangwo8stream.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;

class SafeLogFilterTest {

    private static final String QUARKUS = "io.quarkus.runtime.Application";

    private static ExtLogRecord record(String logger, String message, Throwable thrown) {
        ExtLogRecord record = new ExtLogRecord(Level.SEVERE, message, SafeLogFilterTest.class.getName());
        record.setLoggerName(logger);
        record.setThrown(thrown);
        return record;
    }

    @Test
    void saysInOneLineThatTheStartWasCutShort() {
        SafeLogFilter filter = new SafeLogFilter(() -> true);
        ExtLogRecord failed =
                record(QUARKUS, "Failed to start application", new IllegalStateException("Shutdown in progress"));

        assertThat(filter.isLoggable(failed)).isTrue();
        assertThat(failed.getMessage())
                .isEqualTo("start-cut-short: the process was asked to end before its start had ended");
        assertThat(failed.getThrown()).isNull();
        assertThat(failed.getLevel()).isEqualTo(Level.INFO);
        assertThat(filter.isLoggable(record("org.apache.kafka.clients", "Failed to close", new InterruptedException())))
                .isFalse();
        assertThat(filter.isLoggable(record("org.apache.kafka.clients", "bootstrap", null)))
                .isTrue();
    }

    @Test
    void keepsTheFailureOfAStartThatNobodyHasCutShort() {
        SafeLogFilter filter = new SafeLogFilter(() -> false);
        ExtLogRecord failed = record(QUARKUS, "Failed to start application", new IllegalStateException("no memory"));

        assertThat(filter.isLoggable(failed)).isTrue();
        assertThat(failed.getMessage()).isEqualTo("Failed to start application");
        assertThat(failed.getThrown()).asString().contains("no memory");
    }
}
