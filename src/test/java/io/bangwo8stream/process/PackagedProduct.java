package io.bangwo8stream.process;

import java.nio.file.Files;
import java.nio.file.Path;

/** The product as {@code mvn package} builds it, for {@code java -jar}. */
public final class PackagedProduct {

    /** The product's jar, relative to the project's directory. */
    public static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");

    private PackagedProduct() {}

    /** @throws IllegalStateException with what to do when the product has not been built */
    public static void requireBuilt() {
        if (!Files.exists(JAR)) {
            throw new IllegalStateException(JAR + " is missing: run 'mvn package' first, in the project's directory");
        }
    }

    /** A process of the product; this process must run in the project's directory. */
    public static JavaProcessBuilder process() {
        return JavaProcess.ofJar(JAR);
    }
}
