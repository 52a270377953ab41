package io.bangwo8stream.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Random;

/**
 * The folder of routes that all instances watch. An edit changes nothing of what is published; a broken one must change
 * nothing at all.
 */
final class EditedRoutes {

    /** In the message of an instance that refuses broken routes. */
    static final String REFUSAL = "has no method adChat";

    private static final Path PACKAGED = Path.of("routes");
    private static final String SOURCE = "remote-records.camel.yaml";
    private static final String FLOW = "source-template.camel.yaml";

    private final Path folder;
    private int edits;

    /** @param folder is created, with the packaged route of one source */
    EditedRoutes(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        restore();
    }

    Path folder() {
        return folder;
    }

    /** Saves a correct edit of the flow, which stops all sources for a moment, or of one source; returns which. */
    synchronized String edit(Random random) {
        String name = random.nextInt(3) == 0 ? FLOW : SOURCE;
        save(name, packaged(name) + "# Edit " + ++edits + System.lineSeparator());
        return name;
    }

    /** Saves an edit that no instance may apply, and with which none starts. */
    synchronized void breakSource() {
        save(SOURCE, packaged(SOURCE).replace("addChat(", "adChat("));
    }

    /** Saves the packaged route of the source again. */
    synchronized void restore() {
        save(SOURCE, packaged(SOURCE));
    }

    private static String packaged(String name) {
        try {
            return Files.readString(
                    name.equals(SOURCE) ? PACKAGED.resolve("sources").resolve(name) : PACKAGED.resolve(name));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void save(String name, String text) {
        try {
            Path written = Files.writeString(folder.resolve("." + name), text);
            Files.move(written, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
