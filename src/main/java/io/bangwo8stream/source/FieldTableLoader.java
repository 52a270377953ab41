package io.bangwo8stream.source;

import io.bangwo8stream.record.FieldTable;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.ResourceHelper;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Loads the field tables that sources name: from the folders of the routes, or from the product. */
@Singleton
class FieldTableLoader {

    private final CamelContext context;
    private final String routes;

    FieldTableLoader(CamelContext context, @ConfigProperty(name = "camel.main.routes-include-pattern") String routes) {
        this.context = context;
        this.routes = routes;
    }

    /**
     * The table {@code name}: {@code name.fields.json} in a folder of routes, otherwise the packaged one.
     *
     * @throws IllegalArgumentException when there is no such table, or naming the field in it that is wrong
     */
    FieldTable get(String name) {
        return besideRoutes(name).map(FieldTableLoader::read).orElseGet(() -> packaged(name));
    }

    private Optional<Resource> besideRoutes(String name) {
        return Arrays.stream(routes.split(","))
                .map(FieldTableLoader::folder)
                .distinct()
                .map(folder -> ResourceHelper.resolveResource(context, folder + name + ".fields.json"))
                .filter(resource -> resource != null && resource.exists())
                .findFirst();
    }

    private static FieldTable read(Resource file) {
        try (InputStream table = file.getInputStream()) {
            return FieldTable.read(file.getLocation(), table);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the field table " + file.getLocation() + " cannot be read", unreadable);
        }
    }

    private static FieldTable packaged(String name) {
        try {
            return FieldTable.bundled(name);
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException(
                    "the field table " + name + " is missing: put " + name + ".fields.json beside the route", unknown);
        }
    }

    /** {@code file:/etc/bangwo8/} of {@code file:/etc/bangwo8/*.camel.yaml}. */
    private static String folder(String pattern) {
        String plain = pattern.strip().replaceFirst("[*?].*", "");
        return plain.substring(0, Math.max(plain.lastIndexOf('/'), plain.indexOf(':')) + 1);
    }
}
