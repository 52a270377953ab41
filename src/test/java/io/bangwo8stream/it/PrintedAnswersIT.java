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
 * The answers that the vendor's pages print, to the letter but for printing errors: each case holds them under the
 * paths where the API answers them, the settings of the walk, and by topic and key the values of the events expected.
 */
class PrintedAnswersIT {

    private static final String SETTINGS = "settings.properties";
    private static final String EXPECTED = "expected.json";

    static Stream<Case> cases() {
        return Case.all("printed").stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void becomeTheEventsThatTheCaseExpects(Case one) throws IOException {
        try (TestTenant tenant = TestTenant.of(PrintedAnswersIT.class)) {
            Properties settings = new Properties();
            settings.load(new StringReader(one.text(SETTINGS)));
            settings.forEach((key, value) -> tenant.with((String) key, (String) value));
            answers(one)
                    .forEach(path ->
                            tenant.fault(Fault.of(Kind.BODY, one.text(path)).matching(firstPage(path))));
            Product product = tenant.once();

            for (String topic : List.of("remote-records", "tickets", "ticket-views")) {
                assertThat(Event.pretty(values(tenant, topic)))
                        .as(product.output())
                        .isEqualTo(Event.pretty(one.json(EXPECTED).path(topic)));
            }
            assertThat(tenant.deadLetters()).isEmpty();
            assertThat(answers(one))
                    .as("answers that were asked for")
                    .allSatisfy(path -> assertThat(tenant.requests().entries())
                            .anyMatch(asked -> asked.path().equals("/api/v1/" + path)));
        }
    }

    private static List<String> answers(Case one) {
        return one.files().stream()
                .filter(file -> !file.equals(SETTINGS) && !file.equals(EXPECTED))
                .toList();
    }

    /** The printed answers promise further pages, which the stand-in then answers as empty. */
    private static String firstPage(String path) {
        return "^/api/v1/" + Pattern.quote(path) + "(?!.*[?&]page=[2-9])";
    }

    /** The events of a topic by their keys, each key once; missing where there are none. */
    private static JsonNode values(TestTenant tenant, String topic) {
        List<Event> events = tenant.events(topic);
        assertThat(events).extracting(Event::key).doesNotHaveDuplicates();
        ObjectNode values = Json.object();
        events.forEach(event -> values.set(event.key(), event.value()));
        return events.isEmpty() ? Json.object().path("none") : values;
    }
}
