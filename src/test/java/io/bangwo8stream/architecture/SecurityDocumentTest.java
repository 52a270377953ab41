package io.bangwo8stream.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests that every defence in {@code SECURITY.md} is tested by classes that exist. */
class SecurityDocumentTest {

    private static final Pattern TEST_CLASS = Pattern.compile("`(\\w+(?:Test|IT))`");

    @Test
    void namesTestsThatExist() throws IOException {
        String document = Files.readString(Path.of("SECURITY.md"));
        List<String> existing;
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            existing = files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .toList();
        }
        assertThat(TEST_CLASS.matcher(document).results().map(found -> found.group(1)))
                .hasSizeGreaterThan(20)
                .isSubsetOf(existing);
    }

    @Test
    void namesATestForEveryThreat() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("SECURITY.md")).stream()
                .dropWhile(line -> !line.startsWith("| threat |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .toList();

        assertThat(rows)
                .hasSizeGreaterThan(10)
                .allSatisfy(row -> assertThat(row.split("\\|")[3]).containsPattern(TEST_CLASS));
    }
}
