package io.bangwo8stream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaSettingNamesTest {

    private final KafkaSettingNames names = new KafkaSettingNames();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafka.bootstrap.servers",
                "KAFKA_SASL_JAAS_CONFIG",
                "kafka.ssl.truststore.location",
                "kafka.transaction.timeout.ms",
                "kafka.isolation.level",
                "KAFKA_PORT_9092_TCP",
                "KAFKA_SERVICE_HOST",
                "KAFKA_CONTROLLER_SERVICE_PORT",
                "quarkus.kafka.devservices.enabled"
            })
    void knowsTheSettingsOfEveryClient(String name) {
        assertThat(names.unknown(name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "kafka.sasl.jass.config,kafka.sasl.jaas.config",
        "KAFKA_SECURITY_PROTOCL,kafka.security.protocol",
        "kafka.ssl.truststore.loaction,kafka.ssl.truststore.location"
    })
    void recognizesATypo(String name, String meant) {
        assertThat(names.unknown(name)).hasValueSatisfying(unknown -> {
            assertThat(unknown.isTypo()).isTrue();
            assertThat(unknown.text()).startsWith(name + " ").endsWith(meant);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"kafka.schema.registry.url", "kafka.my.interceptor.topic"})
    void takesANameThatResemblesNoneForOneOfAnExtension(String name) {
        assertThat(names.unknown(name))
                .hasValueSatisfying(unknown -> assertThat(unknown.isTypo()).isFalse());
    }
}
