package io.bangwo8stream.process;

import java.util.logging.Level;
import org.jboss.logmanager.Logger;

/** Logs only the errors of the embedded servers. */
public final class QuietLogging {

    private static final String MANAGER = "java.util.logging.manager";

    private QuietLogging() {}

    /** Must be called before the first logger is created. */
    public static void apply() {
        // The test runner and the product set this property themselves.
        if (System.getProperty(MANAGER) == null) {
            System.setProperty(MANAGER, "org.jboss.logmanager.LogManager");
        }
        for (String name : new String[] {"kafka", "org.apache.kafka", "state.change.logger"}) {
            Logger.getLogger(name).setLevel(Level.SEVERE);
        }
    }
}
