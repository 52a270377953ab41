package io.bangwo8stream.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandWordsTest {

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void writeSettings() throws IOException {
        file = Files.writeString(
                folder.resolve("one.properties"), "bangwo8.command=plan  --from 2026-01-01\nbangwo8.zone=UTC\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BANGWO8_CONFIG", "QUARKUS_CONFIG_LOCATIONS"})
    void readsTheWordsFromAFileOrAFolderThatAVariableNames(String variable) {
        for (Path location : new Path[] {file, folder}) {
            assertThat(CommandWords.of(Map.of(variable, location.toString())::get))
                    .as(location.toString())
                    .containsExactly("plan", "--from", "2026-01-01");
        }
    }

    @Test
    void prefersTheCommandLine() {
        assertThat(CommandWords.of(Map.of("BANGWO8_CONFIG", file.toString())::get, "status"))
                .containsExactly("status");
    }

    @Test
    void findsNoWordsWhereNobodyNamesAny() {
        assertThat(CommandWords.of(Map.<String, String>of()::get)).isEmpty();
        assertThat(CommandWords.of(Map.of("BANGWO8_CONFIG", "/no/such/file.properties")::get))
                .isEmpty();
    }
}
