package io.bangwo8stream.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.process.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the examples of docs/consumers.md, where their languages are installed. */
class ConsumersDocumentTest {

    private static final Path DOCUMENT = Path.of("docs/consumers.md");

    /** As kcat -J prints them: two states of a ticket, and one that is gone. */
    private static final String EVENTS = """
            {"topic":"bangwo8.tickets","partition":0,"offset":0,"key":"7","payload":"{\\"record\\":{\\"subject\\":\\"a\\"},\\"labels\\":{\\"ticketStatus\\":\\"open\\"}}"}
            {"topic":"bangwo8.tickets","partition":0,"offset":1,"key":"8","payload":"{\\"record\\":{\\"subject\\":\\"b\\"},\\"labels\\":{}}"}
            {"topic":"bangwo8.tickets","partition":0,"offset":2,"key":"7","payload":"{\\"record\\":{\\"subject\\":\\"a\\"},\\"labels\\":{\\"ticketStatus\\":\\"solved\\"}}"}
            {"topic":"bangwo8.tickets","partition":0,"offset":3,"key":"8","payload":null}
            """;

    @ParameterizedTest
    @CsvSource({"python, python3, example", "javascript, node, example", "java, java, Newest.java"})
    void anExamplePrintsTheNewestStateOfEachRecord(String language, String program, String file, @TempDir Path folder)
            throws Exception {
        Path events = Files.writeString(folder.resolve("events"), EVENTS);
        Path example = Files.writeString(folder.resolve(file), example(language));
        Tool tool = Tool.require(program, "an example needs it");

        assertThat(tool.input(events)
                        .withErrors()
                        // Read by Java alone: where Jackson is.
                        .environment("CLASSPATH", System.getProperty("java.class.path"))
                        .run(example.toString()))
                .isEqualTo("7 a solved\n");
    }

    @Test
    void namesASchemaByItsId() throws IOException {
        Matcher named = Pattern.compile("`(urn:[\\w:-]+)` is\\s+\\[`schemas/.*?]\\(\\.\\./(.*?)\\)")
                .matcher(Files.readString(DOCUMENT));

        assertThat(named.find()).isTrue();
        assertThat(Path.of(named.group(2))).content().contains("\"$id\": \"" + named.group(1) + "\"");
    }

    private static String example(String language) throws IOException {
        Matcher block = Pattern.compile("(?s)```" + language + "\n(.*?)```").matcher(Files.readString(DOCUMENT));
        assertThat(block.find()).as(language).isTrue();
        return block.group(1);
    }
}
