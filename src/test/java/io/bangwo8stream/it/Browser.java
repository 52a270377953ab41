package io.bangwo8stream.it;

import io.bangwo8stream.process.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
        return Tool.isInstalled("chromium");
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
            List<String> all = new ArrayList<>(OPTIONS);
            all.add("--user-data-dir=" + profile.toAbsolutePath());
            all.addAll(List.of(arguments));
            return Tool.of("chromium").run(all.toArray(String[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
