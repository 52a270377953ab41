package io.bangwo8stream.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTreeTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private OptionalInt check(String words) {
        return CommandTree.check(CommandWords.split(words), new PrintWriter(out, true), new PrintWriter(err, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "status --help", "status -h", "pause --help"})
    void printsHelpAndEndsWithZero(String words) {
        assertThat(check(words)).hasValue(0);
        assertThat(out.toString()).startsWith("Usage: bangwo8-stream");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void listsEveryCommandAndTheExitCodesInTheHelp() {
        check("--help");
        assertThat(out.toString())
                .contains("status ", "pause ", "resume ", "Exit codes: 0 done, 1 refused or failed, 2 wrong usage.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    statu                        | Unmatched argument at index 0: 'statu'
                    --json                       | Unknown option: '--json'
                    status --wtch                | Unknown option: '--wtch'
                    pause                        | Missing required option: '--source=SOURCE'
                    scan --source a --from 1.1.2026 | is no day such as 2026-01-31
                    scan --source a --from 2026-02-01 --to 2026-01-01 | 2026-02-01 is after 2026-01-01
                    reset --source tickets       | Missing required option: '--confirm'
                    status now                   | Unmatched argument at index 1: 'now'
                    """)
    void namesWhatIsWrongAndEndsWithTwo(String words, String message) {
        assertThat(check(words)).hasValue(2);
        assertThat(err.toString()).contains(message, "--help");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "status --json",
                "status --watch",
                "pause --source tickets",
                "resume --source=tickets --json",
                "scan --source tickets",
                "reset --source tickets --confirm",
                "adopt-account",
                "republish --source tickets --all",
                "republish --source tickets --id 1 2 3",
                "scan --source remote-records --from 2026-01-01 --to 2026-01-01",
                "redrive",
                "redrive --source tickets --id 1 2,3 --json",
                "confirm-deletions --source tickets"
            })
    void acceptsRightUsage(String words) {
        assertThat(check(words)).isEmpty();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void splitsTheWordsOfASetting() {
        assertThat(CommandWords.split("  status   --json ")).containsExactly("status", "--json");
        assertThat(CommandWords.split(" ")).isEmpty();
        assertThat(CommandWords.of("status")).isEqualTo(List.of("status"));
    }
}
