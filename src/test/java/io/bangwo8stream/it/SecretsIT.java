package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.standin.Fault;
import io.bangwo8stream.standin.Fault.Kind;
import io.bangwo8stream.standin.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Tests that the password leaves the product only in the header of a request to the configured origin. */
class SecretsIT {

    private static final String PASSWORD = "kept-secret+4711&so=on,%21";
    private static final String KAFKA_PASSWORD = "kafka-secret-4711";
    private static final String BASIC =
            Base64.getEncoder().encodeToString(("geheim:" + PASSWORD).getBytes(StandardCharsets.UTF_8));

    @Test
    void keepsAnEchoedPasswordOutOfLogHealthMetricsAndTopics() {
        try (TestTenant tenant = TestTenant.of(SecretsIT.class)
                .with("bangwo8.account", "geheim")
                .with("bangwo8.password", PASSWORD)
                .with("bangwo8.max-retries", "0")
                .with("quarkus.log.level", "TRACE")
                .with("quarkus.log.category.\"io.bangwo8stream\".level", "DEBUG")
                // The debug log of the HTTP client contains every header.
                .with("quarkus.log.category.\"org.apache.hc\".level", "TRACE")
                .with("quarkus.log.category.\"org.apache.hc.client5.http.wire\".level", "TRACE")
                .with("quarkus.log.category.\"org.apache.camel\".level", "TRACE")
                .with("quarkus.log.category.\"org.apache.kafka\".level", "INFO")
                .with("kafka.ssl.key.password", KAFKA_PASSWORD)) {
            tenant.standIn().accessControl().removeAll();
            tenant.standIn().accessControl().addAdministrator("geheim", PASSWORD);
            List.of(1, 2, 3).forEach(id -> tenant.desk().add(tenant.newRecord(id)));
            tenant.addFault(echo(PASSWORD + " is no password for " + BASIC).matching("servicesummary/1\\.json"))
                    // A long message is truncated, which must not leave half of a secret.
                    .addFault(echo("x".repeat(180) + PASSWORD).matching("servicesummary/2\\.json"));
            tenant.desk().add(tenant.newRecord(4));
            tenant.addFault(
                    echo("refused\n2026-01-31 12:00:00 ERROR forged\u001b[2J").matching("servicesummary/4\\.json"));
            Product product = tenant.startPolling();
            await().atMost(Product.PATIENCE)
                    .until(() ->
                            tenant.keys().contains("3") && tenant.deadLetters().size() == 3);
            tenant.addFault(
                    echo("Basic " + BASIC + " " + PASSWORD).on("histories").times(1));
            product.awaitLine(0, "scan-incomplete");
            String output = product.output()
                    + product.management("/q/metrics").body()
                    + product.management("/q/health").body()
                    + topicContents(tenant);
            assertThat(product.lines()).noneMatch(line -> line.startsWith("2026-01-31 12:00:00"));
            assertThat(output)
                    .contains("is no password for")
                    .contains("refused\\n2026-01-31 12:00:00 ERROR forged")
                    .doesNotContain("\u001b")
                    .doesNotContain("Authorization: ")
                    .doesNotContain(KAFKA_PASSWORD)
                    .doesNotContain(PASSWORD)
                    .doesNotContain(BASIC)
                    .doesNotContain(PASSWORD.substring(0, 12))
                    .doesNotContain(BASIC.substring(0, 12));
        }
    }

    @Test
    void writesJsonLogsWithoutAPassword() {
        try (TestTenant tenant = TestTenant.of(SecretsIT.class)
                .with("bangwo8.account", "geheim")
                .with("bangwo8.password", PASSWORD)
                .with("bangwo8.max-retries", "0")
                .with("quarkus.log.console.json.enabled", "true")
                .with("quarkus.log.category.\"io.bangwo8stream\".level", "DEBUG")) {
            tenant.standIn().accessControl().removeAll();
            tenant.standIn().accessControl().addAdministrator("geheim", PASSWORD);
            tenant.desk().add(tenant.newRecord(1));
            tenant.addFault(echo("refused\n" + PASSWORD + " is no password for " + BASIC)
                    .matching("servicesummary/1\\.json"));

            Product product = tenant.runOnce();

            assertThat(product.awaitExit()).as(product.output()).isOne();
            assertThat(product.lines()).hasSizeGreaterThan(3).allSatisfy(SecretsIT::assertJsonLine);
            assertThat(product.output())
                    .contains("is no password for")
                    .doesNotContain(PASSWORD, BASIC, PASSWORD.substring(0, 12), BASIC.substring(0, 12));
        }
    }

    private static void assertJsonLine(String line) {
        JsonNode entry = Json.read(line);
        assertThat(entry.path("message").isTextual() && entry.path("level").isTextual())
                .as(line)
                .isTrue();
    }

    private static Fault echo(String message) {
        return Fault.of(Kind.ERRCODE, 100001, message);
    }

    /** The keys, headers and values of all records in the product's topics. */
    private static String topicContents(TestTenant tenant) {
        StringBuilder all = new StringBuilder();
        Stream.of("remote-records", "dead-letters", "state", "status")
                .map(tenant::topic)
                .map(TopicReader::read)
                .flatMap(List::stream)
                .forEach(record -> all.append(text(record)).append('\n'));
        return all.toString();
    }

    private static String text(ConsumerRecord<String, byte[]> record) {
        StringBuilder text = new StringBuilder().append(record.key());
        record.headers().forEach(header -> text.append(' ').append(new String(header.value(), StandardCharsets.UTF_8)));
        return text.append(' ')
                .append(new String(record.value(), StandardCharsets.UTF_8))
                .toString();
    }
}
