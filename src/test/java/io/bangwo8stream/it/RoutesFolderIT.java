package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator's own copy of the routes takes the place of the packaged ones. */
class RoutesFolderIT {

    @TempDir
    private Path folder;

    @Test
    void scansWithTheRoutesOfAFolder() throws IOException {
        copyRoutes();
        Path routes = folder.resolve("remote-records.camel.yaml");
        Files.writeString(routes, Files.readString(routes).replace("bangwo8.remote-record }", "acme.remote-record }"));
        try (TestTenant tenant = TestTenant.of(RoutesFolderIT.class)) {
            tenant.desk().add(tenant.oldRecord(1));
            tenant.with("camel.main.routes-include-pattern", "file:" + folder + "/*.camel.yaml");
            assertThat(tenant.once().awaitExit()).isZero();
            // An event of the operator's own type is none that the product documents.
            assertThat(TopicReader.read(tenant.topic("remote-records")))
                    .singleElement()
                    .satisfies(event -> assertThat(
                                    event.headers().lastHeader("ce_type").value())
                            .asString(StandardCharsets.UTF_8)
                            .isEqualTo("acme.remote-record.created"));
        }
    }

    private void copyRoutes() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            List<Path> routes = files.filter(file -> file.toString().endsWith(".camel.yaml"))
                    .toList();
            for (Path route : routes) {
                Files.copy(route, folder.resolve(route.getFileName()));
            }
        }
    }
}
