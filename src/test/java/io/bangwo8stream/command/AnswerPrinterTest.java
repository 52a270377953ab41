package io.bangwo8stream.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.standin.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AnswerPrinterTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private void print(boolean json) {
        AnswerPrinter printer =
                new AnswerPrinter(new Output(new PrintStream(printed, true, StandardCharsets.UTF_8), json));
        printer.print(Json.read("""
                {"state": "running", "message": "the scan begins", "days": 2, "writtenAt": "2026-01-31T04:00:00Z"}"""));
        printer.print(Json.read("""
                {"state": "running", "message": "the scan begins", "days": 2, "writtenAt": "2026-01-31T04:00:01Z"}"""));
        printer.print(Json.read("""
                {"state": "running", "message": "the scan begins", "days": 1, "writtenAt": "2026-01-31T04:00:02Z"}"""));
        printer.print(Json.read("""
                {"state": "done", "message": "2 of 2 days", "days": 0, "writtenAt": "2026-01-31T04:00:03Z"}"""));
    }

    @Test
    void printsALineOnceAlthoughItsAnswerIsWrittenAgain() {
        print(false);

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .containsSubsequence("running: the scan begins", "done: 2 of 2 days")
                .hasLineCount(2);
    }

    @Test
    void printsTheJsonOfAnAnswerOnceUnlessMoreThanItsTimeHasChanged() {
        print(true);

        assertThat(printed.toString(StandardCharsets.UTF_8)
                        .lines()
                        .map(line -> Json.read(line).path("writtenAt")))
                .extracting(time -> time.asText().substring(17))
                .containsExactly("00Z", "02Z", "03Z");
    }
}
