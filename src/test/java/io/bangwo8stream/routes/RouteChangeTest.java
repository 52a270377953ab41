package io.bangwo8stream.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.source.RouteFile;
import io.bangwo8stream.source.RouteSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RouteChangeTest {

    private static final String[] ALL = {
        "agent-records", "calls", "im-sessions", "remote-records", "ticket-views", "tickets", "tickets-changed"
    };

    private final Map<String, String> contents = new HashMap<>();
    private RouteSet before;

    @BeforeEach
    void readRoutes() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        before = set();
    }

    @Test
    void touchesTheSourceOfTheFileAlone() {
        RouteChange change = edit("tickets.camel.yaml");

        assertThat(change.files()).containsExactly("tickets.camel.yaml");
        assertThat(change.touchedSources()).containsExactly("tickets");
        assertThat(change.added()).extracting(RouteFile::name).containsExactly("tickets.camel.yaml");
        assertThat(change.removed()).extracting(RouteFile::name).containsExactly("tickets.camel.yaml");
    }

    @Test
    void touchesTheSourcesThatSendToAChangedRoute() {
        assertThat(edit("remote-records.camel.yaml").touchedSources())
                .as("agent-records uses the join in this file")
                .containsExactly("agent-records", "remote-records");
        readAgain();
        assertThat(edit("bangwo8-list.camel.yaml").touchedSources())
                .as("the joins use the list of parts")
                .containsExactly("agent-records", "im-sessions", "remote-records");
    }

    @Test
    void touchesAllSourcesWithTheTemplateTheErrorHandlingAndTheApiRoute() {
        for (String file : new String[] {"source-template", "error-handling", "bangwo8-api"}) {
            readAgain();
            RouteChange change = edit(file + ".camel.yaml");
            assertThat(change.touchedSources()).as(file).containsExactly(ALL);
            assertThat(change.added()).as(file).hasSize(before.routes().size());
        }
    }

    @Test
    void touchesTheSourceThatUsesAChangedTableOfFields() {
        RouteChange change = edit("calls.fields.json");

        assertThat(change.touchedSources()).containsExactly("calls");
        assertThat(change.added()).isEmpty();
    }

    @Test
    void touchesSourcesThatAreNewOrGone() {
        String calls = contents.remove("calls.camel.yaml");
        RouteSet without = set();
        assertThat(RouteChange.between(before, without).touchedSources()).containsExactly("calls");
        assertThat(RouteChange.between(before, without).added()).isEmpty();
        contents.put("calls.camel.yaml", calls);
        assertThat(RouteChange.between(without, set()).touchedSources()).containsExactly("calls");
        assertThat(RouteChange.between(without, set()).removed()).isEmpty();
    }

    private void readAgain() {
        contents.clear();
        try {
            readRoutes();
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private RouteChange edit(String name) {
        contents.compute(name, (any, content) -> content + "\n# edited");
        return RouteChange.between(before, set());
    }

    private RouteSet set() {
        Map<String, RouteFile> tables = new HashMap<>();
        contents.forEach((name, content) -> {
            if (name.endsWith(".fields.json")) {
                tables.put(name.replace(".fields.json", ""), file(name, content));
            }
        });
        return new RouteSet(
                contents.entrySet().stream()
                        .filter(each -> each.getKey().endsWith(".camel.yaml"))
                        .map(each -> file(each.getKey(), each.getValue()))
                        .toList(),
                tables,
                List.of(),
                List.of());
    }

    private static RouteFile file(String name, String content) {
        return new RouteFile(name, "file:/r/" + name, content);
    }
}
