package io.bangwo8stream.demo;

import java.util.logging.Level;
import org.jboss.logmanager.Logger;

/** Keeps the embedded servers' own chatter out of the output; errors still show. */
public final class QuietLogging {

    private static final String MANAGER = "java.util.logging.manager";

    private QuietLogging() {}

    /** Must come before the first logger is asked for. */
    public static void apply() {
        // The test runner and the product set it themselves.
        if (System.getProperty(MANAGER) == null) {
            System.setProperty(MANAGER, "org.jboss.logmanager.LogManager");
        }
        for (String name : new String[] {"kafka", "org.apache.kafka", "state.change.logger"}) {
            Logger.getLogger(name).setLevel(Level.SEVERE);
        }
    }
}
