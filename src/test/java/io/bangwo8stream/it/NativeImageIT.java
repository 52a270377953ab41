package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.bangwo8stream.process.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares the shared libraries that a native binary needs, and those that it unpacks when it runs, with what the base of
 * its image has: {@code redhat/ubi9-micro} contains glibc 2.34, and neither zlib nor libstdc++.
 */
class NativeImageIT {

    private static final Set<String> OF_BASE =
            Set.of("libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "ld-linux-x86-64.so.2");
    private static final Version GLIBC_OF_BASE = Version.parse("2.34");

    private static final Path BINARY = Path.of("target", "image", "bangwo8-stream");
    private static final Path LIBRARIES = Path.of("target", "image", "lib");

    private static final Pattern NEEDED = Pattern.compile("\\(NEEDED\\).*\\[(.*)]");
    private static final Pattern GLIBC = Pattern.compile("\\bGLIBC_([0-9.]+)");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.github.luben.zstd-jni|linux/amd64/",
                "org.xerial.snappy.snappy-java|org/xerial/snappy/native/Linux/x86_64/",
                "at.yawk.lz4.lz4-java|net/jpountz/util/linux/amd64/"
            })
    void unpacksLibrariesThatRunOnTheBase(String names) throws IOException {
        String jar = names.split("\\|")[0];
        String place = names.split("\\|")[1];
        List<Path> libraries = unpack(jar, place);

        assertThat(libraries)
                .isNotEmpty()
                .allSatisfy(library -> assertThat(OF_BASE).containsAll(needed(library)));
        assertThat(libraries).allSatisfy(NativeImageIT::assertRunsWithGlibcOfBase);
    }

    /** The launcher of Java needs a library of its JDK, and often zlib. */
    @Test
    void copiesWhatABinaryNeedsBesideTheCLibrary() {
        Path binary = Path.of(System.getProperty("java.home"), "bin", "java");

        Tool.of("sh").run("src/main/docker/copy-libraries", binary.toString(), folder.toString());

        assertThat(folder.resolve("libjli.so")).isRegularFile();
        assertContainsWhatTheBaseLacks(binary, folder);
        for (String ofBase : OF_BASE) {
            assertThat(folder.resolve(ofBase)).doesNotExist();
        }
    }

    @Test
    void theBinaryRunsOnTheBase() {
        assumeThat(BINARY).as("mvn -Pnative package builds it").exists();

        assertContainsWhatTheBaseLacks(BINARY, LIBRARIES);
        assertRunsWithGlibcOfBase(BINARY);
    }

    @Test
    void theBaseIsTheOneThatIsDescribedHere() throws IOException {
        assertThat(Files.readString(Path.of("pom.xml")))
                .contains("<image.native.base>redhat/ubi9-micro:")
                .contains("<LD_LIBRARY_PATH>/app/lib</LD_LIBRARY_PATH>");
    }

    /** Also what the copied libraries need. */
    private static void assertContainsWhatTheBaseLacks(Path binary, Path libraries) {
        Set<String> missing = new TreeSet<>(needed(binary));
        for (String library : files(libraries)) {
            assertRunsWithGlibcOfBase(libraries.resolve(library));
            missing.addAll(needed(libraries.resolve(library)));
        }
        missing.removeAll(OF_BASE);
        assertThat(files(libraries)).containsAll(missing);
    }

    private static Set<String> files(Path folder) {
        String[] names = folder.toFile().list();
        return names == null ? Set.of() : new TreeSet<>(List.of(names));
    }

    private static Set<String> needed(Path file) {
        return NEEDED.matcher(readelf("-d", file))
                .results()
                .map(needed -> needed.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void assertRunsWithGlibcOfBase(Path file) {
        assertThat(GLIBC.matcher(readelf("-V", file)).results().map(version -> Version.parse(version.group(1))))
                .as("versions of glibc that " + file + " needs: build it on an older system, or choose a newer base")
                .allSatisfy(version -> assertThat(version).isLessThanOrEqualTo(GLIBC_OF_BASE));
    }

    private static String readelf(String part, Path file) {
        return Tool.require("readelf", "Debian's package binutils").run("-W", part, file.toString());
    }

    private List<Path> unpack(String name, String place) throws IOException {
        try (Stream<Path> jars = Files.list(Path.of("target", "quarkus-app", "lib", "main"))) {
            Path found = jars.filter(jar -> jar.getFileName().toString().startsWith(name))
                    .findFirst()
                    .orElseThrow();
            try (JarFile jar = new JarFile(found.toFile())) {
                return jar.stream()
                        .filter(entry -> entry.getName().startsWith(place)
                                && entry.getName().endsWith(".so"))
                        .map(entry -> copy(jar, entry.getName()))
                        .toList();
            }
        }
    }

    private Path copy(JarFile jar, String entry) {
        Path copy = folder.resolve(entry.replace('/', '_'));
        try (InputStream in = jar.getInputStream(jar.getEntry(entry))) {
            Files.copy(in, copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return copy;
    }
}
