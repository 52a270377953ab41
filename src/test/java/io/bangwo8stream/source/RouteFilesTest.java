package io.bangwo8stream.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteFilesTest {

    private static final String PATTERN = "camel.main.routes-include-pattern";

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Properties settings = new Properties();

    @TempDir
    private Path folder;

    @BeforeEach
    void readSettings() throws IOException {
        context.build();
        try (Reader file = Files.newBufferedReader(Path.of("application.properties"))) {
            settings.load(file);
        }
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void readsThePackagedRoutes() {
        RouteFiles packaged = files(packaged(), null);

        assertThat(packaged.read().problems()).isEmpty();
        assertThat(packaged.read().routes()).extracting(RouteFile::name).contains("tickets.camel.yaml");
        assertThat(packaged.ownPattern()).isEmpty();
        assertThat(packaged.isWatched()).isFalse();
    }

    @Test
    void replacesThePackagedRoutesAndTablesOfTheSameNamesByThoseOfTheFolder() throws IOException {
        write("a/tickets.camel.yaml", "own");
        write("b/ticket.fields.json", "own");

        RouteSet read = files(packaged(), folder.toString()).read();

        assertThat(read.problems()).isEmpty();
        assertThat(read.routes())
                .filteredOn(file -> file.name().equals("tickets.camel.yaml"))
                .extracting(RouteFile::content)
                .containsExactly("own");
        assertThat(read.table("ticket").map(RouteFile::content)).contains("own");
    }

    @Test
    void refusesASettingThatNamesNoFolder() {
        assertThat(files(packaged(), folder + "/none").read().problems())
                .containsExactly(
                        "bangwo8.routes names " + folder + "/none, which is no folder: name one with files of routes");
    }

    @Test
    void refusesAnEmptyFolder() {
        assertThat(files(packaged(), folder.toString()).read().problems())
                .containsExactly("bangwo8.routes names " + folder + ", which is empty: put files of routes there whose"
                        + " names end with .camel.yaml, or remove the setting");
    }

    @Test
    void refusesAPatternThatMatchesNoFile() {
        String pattern = "file:" + folder + "/*.camel.yaml";

        assertThat(files(packaged() + "," + pattern, null).read().problems())
                .containsExactly(
                        PATTERN + " contains " + pattern + ", which matches no file: correct the folder, or put"
                                + " files there whose names end with .camel.yaml");
    }

    @Test
    void refusesAFolderTogetherWithAPattern() throws IOException {
        write("calls.camel.yaml", "own");
        RouteFiles both = files("file:" + folder + "/*.camel.yaml", folder.toString());

        assertThat(both.read().problems())
                .containsExactly("bangwo8.routes and " + PATTERN + " are both set: remove one of them. A folder of"
                        + " bangwo8.routes is watched while the product runs");
        assertThat(both.ownPattern()).contains("file:" + folder + "/*.camel.yaml");
    }

    @Test
    void refusesTwoTablesOfOneNameInTheFolder() throws IOException {
        write("a/calls.fields.json", "{}");
        write("b/calls.fields.json", "{}");

        assertThat(files(packaged(), folder.toString()).read().problems())
                .singleElement()
                .satisfies(this::namesBoth);
    }

    @Test
    void refusesTwoTablesOfOneNameInThePlacesOfAPattern() throws IOException {
        write("a/calls.camel.yaml", "a");
        write("a/calls.fields.json", "{}");
        write("b/orders.camel.yaml", "b");
        write("b/calls.fields.json", "{}");

        assertThat(files("file:" + folder + "/**/*.camel.yaml", null).read().problems())
                .singleElement()
                .satisfies(this::namesBoth);
    }

    private void namesBoth(String problem) {
        assertThat(problem)
                .contains(
                        folder + "/a/calls.fields.json",
                        folder + "/b/calls.fields.json",
                        " has the name of ",
                        ": rename one, names are unique over all folders");
    }

    private String packaged() {
        return settings.getProperty(PATTERN);
    }

    private RouteFiles files(String patterns, String ownFolder) {
        return new RouteFiles(context, patterns, Optional.ofNullable(ownFolder));
    }

    private void write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
