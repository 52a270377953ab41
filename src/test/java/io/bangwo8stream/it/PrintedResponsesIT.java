package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.standin.Fault;
import io.bangwo8stream.standin.Fault.Kind;
import io.bangwo8stream.standin.Json;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests the responses printed in the vendor's documentation, verbatim except for printing errors. Each case has the
 * responses under their API paths, the settings of the run, and the expected event values by topic and key.
 */
class PrintedResponsesIT {

    private static final String SETTINGS = "settings.properties";
    private static final String EXPECTED = "expected.json";

    static Stream<Case> cases() {
        return Case.all("printed").stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void publishesTheEventsThatTheCaseExpects(Case testCase) throws IOException {
        try (TestTenant tenant = TestTenant.of(PrintedResponsesIT.class)) {
            Properties settings = new Properties();
            settings.load(new StringReader(testCase.text(SETTINGS)));
            settings.forEach((key, value) -> tenant.with((String) key, (String) value));
            responses(testCase)
                    .forEach(path -> tenant.addFault(
                            Fault.of(Kind.BODY, testCase.text(path)).matching(firstPage(path))));
            Product product = tenant.runOnce();

            for (String topic : List.of("remote-records", "tickets", "ticket-views")) {
                assertThat(Event.pretty(values(tenant, topic)))
                        .as(product.output())
                        .isEqualTo(Event.pretty(testCase.json(EXPECTED).path(topic)));
            }
            assertThat(tenant.deadLetters()).isEmpty();
            assertThat(responses(testCase))
                    .as("responses that were requested")
                    .allSatisfy(path -> assertThat(tenant.requests().entries())
                            .anyMatch(request -> request.path().equals("/api/v1/" + path)));
        }
    }

    private static List<String> responses(Case testCase) {
        return testCase.files().stream()
                .filter(file -> !file.equals(SETTINGS) && !file.equals(EXPECTED))
                .toList();
    }

    /** The printed responses promise further pages; for those the stand-in responds with empty pages. */
    private static String firstPage(String path) {
        return "^/api/v1/" + Pattern.quote(path) + "(?!.*[?&]page=[2-9])";
    }

    /** The values of the events of a topic by key; a missing node where there are none. Each key must occur once. */
    private static JsonNode values(TestTenant tenant, String topic) {
        List<Event> events = tenant.events(topic);
        assertThat(events).extracting(Event::key).doesNotHaveDuplicates();
        ObjectNode values = Json.object();
        events.forEach(event -> values.set(event.key(), event.value()));
        return events.isEmpty() ? Json.object().path("none") : values;
    }
}
