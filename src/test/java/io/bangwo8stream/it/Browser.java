package io.bangwo8stream.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Debian's {@code chromium} without a window. */
final class Browser {

    private static final List<String> OPTIONS = List.of(
            "--headless=new",
            // Chromium has no sandbox for root, and the page comes from the product.
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--window-size=1200,720");

    private Browser() {}

    static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "chromium")));
    }

    /** The document after the browser has read the page, as HTML. */
    static String document(String url, String language) {
        return run("--accept-lang=" + language, "--dump-dom", url);
    }

    /** Writes a picture of the page, as a browser shows it that prefers a dark or a light page. */
    static void screenshot(String url, boolean dark, Path file) {
        run("--blink-settings=preferredColorScheme=" + (dark ? 0 : 1), "--screenshot=" + file.toAbsolutePath(), url);
    }

    private static String run(String... arguments) {
        try {
            Path profile = Files.createTempDirectory(Path.of("target"), "browser");
            Path output = profile.resolve("output");
            List<String> command = new ArrayList<>(List.of("chromium"));
            command.addAll(OPTIONS);
            command.add("--user-data-dir=" + profile.toAbsolutePath());
            command.addAll(List.of(arguments));
            Process process = new ProcessBuilder(command)
                    .redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(Product.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("the browser has not ended: " + command);
            }
            return Files.readString(output, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
