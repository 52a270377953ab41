package io.bangwo8stream.process;

import java.nio.file.Files;
import java.nio.file.Path;

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
}
