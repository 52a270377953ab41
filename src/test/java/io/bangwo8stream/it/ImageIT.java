package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.process.Tool;
import io.bangwo8stream.standin.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unpacks the image that {@code mvn package} builds, which has an empty base, and starts what it contains. */
class ImageIT {

    private static final Path IMAGE = Path.of("target", "image.tar");
    private static final Path CONTENT = Path.of("target", "quarkus-app");

    @TempDir
    private Path folder;

    private JsonNode manifest;
    private JsonNode config;

    @BeforeEach
    void unpack() throws Exception {
        Tool.of("tar").run("-xf", IMAGE.toString(), "-C", folder.toString());
        manifest = Json.read(Files.readString(folder.resolve("manifest.json"))).get(0);
        config = Json.read(
                        Files.readString(folder.resolve(manifest.path("Config").asText())))
                .path("config");
    }

    private Path unpackLayers() throws Exception {
        for (JsonNode layer : manifest.path("Layers")) {
            Tool.of("tar").in(folder).run("-xzf", layer.asText());
        }
        return folder.resolve(config.path("WorkingDir").asText().substring(1));
    }

    @Test
    void hasTheTagThatTheManifestsPinAndTheirUser() throws IOException {
        assertThat(manifest.path("RepoTags").get(0).asText().split(":"))
                .satisfies(name -> assertThat(Files.readString(Path.of("k8s/components/jvm/kustomization.yaml")))
                        .contains("name: " + name[0] + "\n", "newTag: " + name[1] + "\n"));
        assertThat(Files.readString(Path.of("k8s/base/deployment.yaml")))
                .contains("runAsUser: " + config.path("User").asText());
    }

    @Test
    void saysWhatItWasBuiltFrom() throws Exception {
        JsonNode labels = config.path("Labels");
        assertThat(labels.properties())
                .extracting(label -> label.getKey())
                .contains(
                        "org.opencontainers.image.version",
                        "org.opencontainers.image.revision",
                        "org.opencontainers.image.created",
                        "org.opencontainers.image.base.name");
        assumeThat(Path.of("target", "bom.json")).as("mvn -o does not write it").exists();
        unpackLayers();
        assertThat(folder.resolve(labels.path("io.bangwo8stream.sbom").asText().substring(1)))
                .hasSameBinaryContentAs(Path.of("target", "bom.json"));
    }

    @Test
    void containsThePackagedProductAndNothingElseAndStarts() throws Exception {
        Path app = unpackLayers();

        Set<String> files = files(app);
        files.remove("bom.json");
        assertThat(files).isEqualTo(files(CONTENT));
        List<String> command = new ArrayList<>();
        config.path("Entrypoint").forEach(word -> command.add(word.asText()));
        assertThat(command).startsWith("java").contains("-XX:+ExitOnOutOfMemoryError");
        command.add("--help");
        assertThat(Tool.ofJdk("java").in(app).run(command.stream().skip(1).toArray(String[]::new)))
                .startsWith("Usage: bangwo8-stream");
    }

    /** A distroless base has no locale; the shell passes the bytes of the script on, whatever the locale of this process. */
    @Test
    void readsSettingsBeyondAsciiWithoutALocale() throws Exception {
        Path app = unpackLayers();
        String options = StreamSupport.stream(config.path("Entrypoint").spliterator(), false)
                .skip(1)
                .map(JsonNode::asText)
                .collect(Collectors.joining(" "));
        Path script = folder.resolve("start");
        Files.writeString(script, "LC_ALL=POSIX BANGWO8_AUTH=通行证 \"$0\" " + options + " check || true\n");

        String output =
                Tool.of("sh").in(app).withErrors().run("-c", ". \"$1\"", javaOfThisProcess(), script.toString());

        assertThat(output).contains("bangwo8.auth is '通行证', but it must be basic or oauth2");
    }

    private static String javaOfThisProcess() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static Set<String> files(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
