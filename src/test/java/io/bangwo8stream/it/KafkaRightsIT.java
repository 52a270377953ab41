package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.broker.SecureBroker;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the product with a broker that grants it exactly the rights that {@code docs/kafka-rights.md} lists. */
class KafkaRightsIT {

    private static SecureBroker broker;

    @BeforeAll
    static void startBroker(@TempDir Path directory) throws Exception {
        broker = SecureBroker.start(directory);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void publishesWithTheDocumentedRightsAlone() throws Exception {
        try (TestTenant tenant = tenant(KafkaRight.ofTheProduct())) {
            tenant.desk().add(tenant.oldRecord(1));
            tenant.desk().add(tenant.oldRecord(2).put("csId", "no id"));

            Product product = tenant.runOnce();

            assertThat(product.lines().get(product.lines().size() - 1)).contains("published=1", "dead-lettered=1");
            assertThat(product.output()).doesNotContain("lacks").doesNotContain(SecureBroker.PASSWORD);
        }
    }

    @Test
    void noticesALostStateOnlyWithTheRightToReadEvents() throws Exception {
        try (TestTenant tenant = tenant(KafkaRight.ofTheProduct())) {
            tenant.desk().add(tenant.oldRecord(1));
            tenant.runOnce();
            useStateTopic(tenant, "second-state");
            Product unchecked = tenant.runOnce();

            assertThat(unchecked.awaitLine(0, "WARN .*state-unchecked source=remote-records "))
                    .contains("lacks the right READ on the topic " + tenant.topic("remote-records"));
            assertThat(unchecked.output()).contains("published=1");
            broker.grant(List.of(new KafkaRight("topics of events", AclOperation.READ).on(tenant)));
            useStateTopic(tenant, "third-state");
            Product refused = tenant.runOnce();

            assertThat(refused.awaitExit()).isOne();
            assertThat(refused.output())
                    .contains("state-missing source=remote-records")
                    .doesNotContain("lacks");
        }
    }

    /** Uses an empty state topic from now on. */
    private static void useStateTopic(TestTenant tenant, String name) throws Exception {
        tenant.with("bangwo8.topics.state", tenant.topic(name));
        broker.createTopics(Set.of(tenant.topic(name)));
        broker.grant(Stream.of(AclOperation.READ, AclOperation.WRITE)
                .map(operation -> new KafkaRight("`bangwo8.topics." + name + "`", operation).on(tenant))
                .toList());
    }

    @ParameterizedTest
    @MethodSource("io.bangwo8stream.it.KafkaRight#ofTheProduct")
    void namesAMissingRightInOneMessage(KafkaRight missing) throws Exception {
        try (TestTenant tenant = tenant(KafkaRight.ofTheProduct().stream()
                .filter(right -> !right.equals(missing))
                .toList())) {
            Product product = tenant.start();

            String line = product.awaitLine(0, " lacks the rights? ");
            assertThat(line)
                    .contains(missing.operation().name())
                    .contains(missing.pattern(tenant).name())
                    .contains("docs/kafka-rights.md");
            assertThat(product.lines())
                    .filteredOn(each -> each.contains(" lacks the "))
                    .hasSize(1);
        }
    }

    @Test
    void carriesOutACommandThatIsSentWithTheDocumentedRightsAlone() throws Exception {
        try (TestTenant tenant = tenant(KafkaRight.ofTheProduct())) {
            tenant.start().awaitLine(0, "scanned source=remote-records");

            Product command = commandOfACommander(tenant, KafkaRight.ofTheCommander());

            assertThat(command.awaitExit()).as(command.output()).isZero();
            assertThat(command.output())
                    .contains("done: remote-records is paused")
                    .doesNotContain("lacks");
        }
    }

    /** Nobody leads, because the right is missing before an answer is awaited. */
    @ParameterizedTest
    @MethodSource("io.bangwo8stream.it.KafkaRight#ofTheCommander")
    void namesAMissingRightOfTheCommanderInOneMessage(KafkaRight missing) throws Exception {
        try (TestTenant tenant = tenant(KafkaRight.ofTheProduct())) {
            Product command = commandOfACommander(
                    tenant,
                    KafkaRight.ofTheCommander().stream()
                            .filter(right -> !right.equals(missing))
                            .toList());

            assertThat(command.awaitExit()).isOne();
            assertThat(command.lines())
                    .singleElement()
                    .asString()
                    .contains(
                            "lacks the right " + missing.operation().name() + " on the topic " + missing.topic(tenant),
                            "docs/kafka-rights.md");
        }
    }

    @Test
    void namesTheRightToCommandThatTheProductDoesNotHave() throws Exception {
        try (TestTenant tenant = tenant(KafkaRight.ofTheProduct())) {
            Product command = CommandsIT.command(tenant, "pause --source remote-records");

            assertThat(command.awaitExit()).isOne();
            assertThat(command.lines())
                    .singleElement()
                    .asString()
                    .contains("lacks the right WRITE on the topic " + tenant.topic("commands"));
        }
    }

    private static Product commandOfACommander(TestTenant tenant, List<KafkaRight> rights) throws Exception {
        broker.grant(rights.stream()
                .map(right -> right.on(tenant, SecureBroker.COMMANDER))
                .toList());
        tenant.with("kafka.sasl.jaas.config", SecureBroker.login(SecureBroker.COMMANDER));
        return CommandsIT.command(tenant, "pause --source remote-records");
    }

    @Test
    void checkNamesEveryMissingRight() throws Exception {
        try (TestTenant tenant = tenant(List.of()).with("bangwo8.command", "check")) {
            Product check = tenant.start();

            assertThat(check.awaitExit()).isOne();
            assertThat(KafkaRight.ofTheProduct())
                    .allSatisfy(right -> assertThat(check.lines())
                            .anySatisfy(line -> assertThat(line)
                                    .contains(" lacks the ")
                                    .contains(right.operation().name())
                                    .contains(right.pattern(tenant).name())));
        }
        try (TestTenant tenant = tenant(KafkaRight.ofTheProduct()).with("bangwo8.command", "check")) {
            Product check = tenant.start();

            assertThat(check.awaitExit()).as(check.output()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "kafka.security.protocol,       PLAINTEXT,               kafka.security.protocol",
        "kafka.security.protocol,       SASL_PLAINTEXT,          kafka.security.protocol",
        "kafka.sasl.mechanism,          SCRAM-SHA-512,           kafka.sasl.mechanism",
        "kafka.ssl.truststore.location, /no/such/file.pem,       kafka.ssl.truststore.location",
    })
    void namesTheSettingOfAConnectionThatFails(String key, String value, String named) throws Exception {
        try (TestTenant tenant = tenant(List.of()).with(key, value)) {
            Product product = tenant.start();

            assertThat(product.awaitLine(0, "kafka.bootstrap.servers is ")).contains(named);
            assertThat(product.output())
                    .doesNotContain("Failed to")
                    .doesNotContain("\tat ")
                    .doesNotContain("OutOfMemoryError")
                    .doesNotContain(SecureBroker.PASSWORD);
        }
    }

    /** A tenant with these rights on its topics, which exist, and on its group and its transactional ids. */
    private static TestTenant tenant(List<KafkaRight> rights) throws Exception {
        TestTenant tenant = TestTenant.of(KafkaRightsIT.class);
        broker.clientSettings().forEach((key, value) -> tenant.with("kafka." + key, value));
        broker.createTopics(KafkaRight.ofTheProduct().stream()
                .filter(KafkaRight::isTopic)
                .map(right -> right.topic(tenant))
                .collect(Collectors.toSet()));
        broker.grant(rights.stream().map(right -> right.on(tenant)).toList());
        return tenant;
    }
}
