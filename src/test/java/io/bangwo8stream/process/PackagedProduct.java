package io.bangwo8stream.process;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * The product as it is built: for {@code java -jar}, or the native binary that the system property {@code product.binary}
 * names.
 */
public final class PackagedProduct {

    /** The product's jar, relative to the project's directory. */
    public static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");

    private static final String BINARY = System.getProperty("product.binary", "");

    private PackagedProduct() {}

    /** @throws IllegalStateException with what to do when the product has not been built */
    public static void requireBuilt() {
        if (!BINARY.isEmpty() && !Files.isExecutable(Path.of(BINARY))) {
            throw new IllegalStateException(BINARY + " is missing: run 'LC_ALL=C.UTF-8 mvn -Pnative package' first");
        }
        if (BINARY.isEmpty() && !Files.exists(JAR)) {
            throw new IllegalStateException(JAR + " is missing: run 'mvn package' first, in the project's directory");
        }
    }

    /** A process of the product, in any directory; this process must run in the project's directory. */
    public static JavaProcessBuilder process() {
        return BINARY.isEmpty()
                ? JavaProcess.ofJar(JAR.toAbsolutePath())
                : JavaProcess.ofBinary(Path.of(BINARY).toAbsolutePath());
    }

    /**
     * Copies the product, with another version of one of its classes.
     *
     * @param source of the class, which needs no other one
     * @return the copy's jar
     */
    public static Path withClass(Path folder, String className, String source) throws IOException {
        Path root = JAR.getParent();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, folder.resolve(root.relativize(file)), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        String path = className.replace('.', '/');
        Path written = Files.createDirectories(folder.resolve("changed")).resolve(path + ".java");
        Files.createDirectories(written.getParent());
        Files.writeString(written, source);
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, "--release", "17", written.toString());
        if (result != 0) {
            throw new IllegalArgumentException("the source of " + className + " does not compile");
        }
        try (Stream<Path> jars = Files.list(folder.resolve("app"));
                FileSystem jar = FileSystems.newFileSystem(jars.findFirst().orElseThrow())) {
            Files.copy(
                    written.resolveSibling(written.getFileName().toString().replace(".java", ".class")),
                    jar.getPath(path + ".class"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        return folder.resolve(JAR.getFileName());
    }
}
