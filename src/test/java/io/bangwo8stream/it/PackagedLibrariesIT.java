package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.it.LibraryRules.Library;
import io.bangwo8stream.process.PackagedProduct;
import io.bangwo8stream.standin.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Reads what {@code mvn package} has put together: the libraries, the bill of materials, and the product's jar. */
class PackagedLibrariesIT {

    private static final Path BILL_OF_MATERIALS = Path.of("target", "bom.json");

    private static final Pattern JAR = Pattern.compile("(.+?)-(\\d.*)\\.jar");

    private final LibraryRules rules =
            new LibraryRules(Json.read(resource("/packaged/libraries.json")), LocalDate.now(ZoneOffset.UTC));

    @Test
    void noLibraryIsRefused() throws IOException {
        assertThat(rules.violations(packaged())).isEmpty();
    }

    @Test
    void theBillOfMaterialsNamesEveryPackagedLibraryAndNoneThatIsRefused() throws IOException {
        assumeThat(BILL_OF_MATERIALS).as("mvn -o does not write it").exists();
        List<Library> listed = listed();

        assertThat(listed).containsAll(packaged());
        assertThat(rules.violations(listed)).isEmpty();
    }

    @Test
    void theJarContainsTheLicenceAndTheNotice() throws IOException {
        for (String name : List.of("LICENSE", "NOTICE")) {
            try (JarFile jar = new JarFile(only(root().resolve("app")).toFile())) {
                assertThat(jar.getEntry("META-INF/" + name)).as(name).isNotNull();
                assertThat(new String(
                                jar.getInputStream(jar.getEntry("META-INF/" + name))
                                        .readAllBytes(),
                                StandardCharsets.UTF_8))
                        .isEqualTo(Files.readString(Path.of(name)));
            }
        }
    }

    private static List<Library> packaged() throws IOException {
        try (Stream<Path> files = Files.walk(root().resolve("lib"))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .map(file -> library(file.getFileName().toString()))
                    .toList();
        }
    }

    private static Library library(String file) {
        Matcher jar = JAR.matcher(file);
        assertThat(jar.matches()).as(file).isTrue();
        return new Library(jar.group(1), jar.group(2));
    }

    private static List<Library> listed() throws IOException {
        JsonNode components = Json.read(Files.readString(BILL_OF_MATERIALS)).get("components");
        return StreamSupport.stream(components.spliterator(), false)
                .map(component -> new Library(
                        component.get("group").asText() + "."
                                + component.get("name").asText(),
                        component.get("version").asText()))
                .toList();
    }

    private static Path root() {
        return PackagedProduct.JAR.getParent();
    }

    private static Path only(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    private static String resource(String name) {
        try (InputStream in = PackagedLibrariesIT.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }
}
