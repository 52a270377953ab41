package io.bangwo8stream.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingNamesTest {

    private final SettingNames names = new SettingNames(Set.of("bangwo8.calls.queue"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bangwo8.base-url",
                "bangwo8.agents",
                "bangwo8.agents[0]",
                "bangwo8.topics.calls",
                "bangwo8.calls.queue",
                "quarkus.anything",
                "bangwo8"
            })
    void acceptsPropertiesOfTheProductAndOfOthers(String name) {
        assertThat(names.problemOfProperty(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BANGWO8_BASE_URL",
                "BANGWO8_CONFIG",
                "BANGWO8_AGENTS_0_",
                "BANGWO8_TOPICS_CALLS",
                "BANGWO8_CALLS_QUEUE",
                "BANGWO8_STREAM_SERVICE_HOST",
                "BANGWO8_STREAM_SERVICE_PORT",
                "BANGWO8_STREAM_SERVICE_PORT_MANAGEMENT",
                "BANGWO8_STREAM_PORT",
                "BANGWO8_STREAM_PORT_9000_TCP_ADDR",
                "HOME"
            })
    void acceptsVariablesOfTheProductOfKubernetesAndOfOthers(String name) {
        assertThat(names.problemOfVariable(name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "bangwo8.pol-interval,bangwo8.poll-interval",
        "bangwo8.baseurl,bangwo8.base-url",
        "bangwo8.topic.tickets,bangwo8.ticket-views",
        "bangwo8.per_page,bangwo8.per-page"
    })
    void refusesAnUnknownPropertyWithTheNearestName(String name, String nearest) {
        assertThat(names.problemOfProperty(name)).contains(name + " is no setting; the nearest one is " + nearest);
    }

    @Test
    void refusesAnUnknownVariableWithTheNearestName() {
        assertThat(names.problemOfVariable("BANGWO8_PASWORD"))
                .contains("BANGWO8_PASWORD is no setting; the nearest one is BANGWO8_PASSWORD");
    }
}
