package io.bangwo8stream.page;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The schemas of the events, at {@code /schemas/{name}.json} of the management port. */
@Singleton
class SchemaResources {

    private static final int NOT_FOUND = 404;

    void register(@Observes ManagementInterface management) {
        // The class path may be on a slow disk.
        management
                .router()
                .getWithRegex("/schemas/(?<name>[a-z-]+)\\.json")
                .blockingHandler(SchemaResources::send, false);
    }

    private static void send(RoutingContext request) {
        String resource = "/schemas/" + request.pathParam("name") + ".json";
        try (InputStream schema = SchemaResources.class.getResourceAsStream(resource)) {
            if (schema == null) {
                request.fail(NOT_FOUND);
                return;
            }
            request.response()
                    .putHeader("Content-Type", "application/schema+json")
                    .putHeader("X-Content-Type-Options", "nosniff")
                    .end(new String(schema.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            request.fail(unreadable);
        }
    }
}
