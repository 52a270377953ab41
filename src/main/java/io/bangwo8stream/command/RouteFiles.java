package io.bangwo8stream.command;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Finds the files of routes, as Camel does when the product starts. */
@Singleton
class RouteFiles {

    private final String patterns;

    RouteFiles(@ConfigProperty(name = "camel.main.routes-include-pattern") String patterns) {
        this.patterns = patterns;
    }

    String patterns() {
        return patterns;
    }

    List<Resource> all(CamelContext context) {
        List<Resource> files = new ArrayList<>();
        for (String pattern : patterns.split(",")) {
            files.addAll(matching(context, pattern.strip()));
        }
        return files;
    }

    private static Collection<Resource> matching(CamelContext context, String pattern) {
        try {
            return PluginHelper.getPackageScanResourceResolver(context).findResources(pattern);
        } catch (Exception unreadable) {
            throw new UncheckedIOException(new IOException(pattern + " cannot be read", unreadable));
        }
    }

    /** {@code tickets.camel.yaml} of {@code file:/etc/bangwo8/tickets.camel.yaml}. */
    static String name(Resource file) {
        return file.getLocation().replaceFirst(".*[/:]", "");
    }
}
