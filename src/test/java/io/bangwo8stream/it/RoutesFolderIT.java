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

/** Tests that an operator's copy of the routes replaces the packaged routes. */
class RoutesFolderIT {

    @TempDir
    private Path folder;

    @Test
    void loadsRoutesFromAFolderAndItsSubfolders() throws IOException {
        copyRoutes();
        Path routes = folder.resolve("sources/remote-records.camel.yaml");
        Files.writeString(routes, Files.readString(routes).replace("bangwo8.remote-record }", "acme.remote-record }"));
        try (TestTenant tenant = TestTenant.of(RoutesFolderIT.class)) {
            tenant.desk().add(tenant.oldRecord(1));
            tenant.with("camel.main.routes-include-pattern", "file:" + folder + "/**/*.camel.yaml");
            Product product = tenant.runOnce();
            assertThat(product.awaitExit()).isZero();
            assertThat(product.output())
                    .contains("routes-unwatched pattern=file:" + folder
                            + "/**/*.camel.yaml: a change of these routes needs a"
                            + " restart; bangwo8.routes names a folder that is watched");
            // The product's documents do not describe an event of the operator's own type.
            assertThat(TopicReader.read(tenant.topic("remote-records")))
                    .singleElement()
                    .satisfies(event -> assertThat(
                                    event.headers().lastHeader("ce_type").value())
                            .asString(StandardCharsets.UTF_8)
                            .isEqualTo("acme.remote-record.created"));
        }
    }

    private void copyRoutes() throws IOException {
        Path from = Path.of("routes");
        try (Stream<Path> paths = Files.walk(from)) {
            // Not the examples: each of them would be a source that is on.
            List<Path> routes = paths.filter(file -> file.toString().endsWith(".camel.yaml"))
                    .filter(file -> !file.startsWith(from.resolve("examples")))
                    .toList();
            for (Path route : routes) {
                Path copy = folder.resolve(from.relativize(route));
                Files.createDirectories(copy.getParent());
                Files.copy(route, copy);
            }
        }
    }
}
