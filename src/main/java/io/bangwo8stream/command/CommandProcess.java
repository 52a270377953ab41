package io.bangwo8stream.command;

import java.util.List;
import java.util.Map;

/** What distinguishes the process of a command from a running product, set before it starts. */
final class CommandProcess {

    private static final Map<String, String> SETTINGS = Map.of(
            "quarkus.management.host-enabled", "false",
            "quarkus.http.host-enabled", "false",
            // The standard output belongs to the result, which may be JSON.
            "quarkus.log.console.stderr", "true",
            "quarkus.log.level", "WARN",
            // The traces are those of scans.
            "quarkus.otel.sdk.disabled", "true",
            "bangwo8.once", "false");

    private CommandProcess() {}

    static void configure(List<String> words) {
        SETTINGS.forEach(System::setProperty);
        System.setProperty(CommandWords.KEY, String.join(" ", words));
    }
}
