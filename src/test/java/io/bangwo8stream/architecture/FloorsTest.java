package io.bangwo8stream.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The packages of the product are floors of a house: each uses lower floors only. */
class FloorsTest {

    private static final String ROOT = "io.bangwo8stream.";
    private static final List<List<String>> FLOORS = List.of(
            List.of("text", "time", "trace"),
            List.of("record", "config", "cluster"),
            List.of("api", "change"),
            List.of("source", "kafka"),
            List.of("schedule", "label", "routes"),
            List.of("scan"),
            List.of("join", "publish"),
            List.of("lifecycle", "health", "command"),
            List.of("page"));

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.bangwo8stream");

    @Test
    void usesLowerFloorsOnly() {
        for (int floor = 0; floor < FLOORS.size(); floor++) {
            for (String room : FLOORS.get(floor)) {
                String[] notBelow = FLOORS.subList(floor, FLOORS.size()).stream()
                        .flatMap(List::stream)
                        .filter(other -> !other.equals(room))
                        .map(other -> ROOT + other + "..")
                        .toArray(String[]::new);
                if (notBelow.length > 0) {
                    noClasses()
                            .that()
                            .resideInAPackage(ROOT + room + "..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(notBelow)
                            .check(PRODUCT);
                }
            }
        }
    }

    @Test
    void hasNoCycles() {
        slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(PRODUCT);
    }

    @Test
    void speaksHttpInThePackageApiOnly() {
        noClasses()
                .that()
                // The page of the management port is served, and calls nobody.
                .resideOutsideOfPackages(ROOT + "api..", ROOT + "page..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.hc..", "java.net.http..", "org.apache.camel.component.http..", "io.vertx..")
                .check(PRODUCT);
    }

    @Test
    void usesKafkaClientsInThePackagesKafkaAndClusterOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "kafka..", ROOT + "cluster..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .check(PRODUCT);
    }

    @Test
    void describesEveryPackage() throws IOException {
        Path root = Path.of("src/main/java/io/bangwo8stream");
        try (Stream<Path> packages = Files.list(root)) {
            assertThat(packages.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrderElementsOf(
                            FLOORS.stream().flatMap(List::stream).toList());
        }
        for (String room : FLOORS.stream().flatMap(List::stream).toList()) {
            assertThat(Files.readString(root.resolve(room).resolve("package-info.java")))
                    .as(room)
                    .containsPattern("(?s)/\\*\\*.*\\*/\\s*package ");
        }
    }
}
