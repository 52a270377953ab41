package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bangwo8stream.broker.SecureBroker;
import io.bangwo8stream.standin.SampleRows;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the product, with its documented rights alone, while each of them is revoked and granted again. */
class RevokedRightsIT {

    private static final KafkaRight EVENTS = new KafkaRight("topics of events", AclOperation.WRITE);

    private static SecureBroker broker;

    private TestTenant tenant;
    private Product product;

    @BeforeAll
    static void startBroker(@TempDir Path directory) throws Exception {
        broker = SecureBroker.start(directory);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void startWithTwoStreams() throws Exception {
        tenant = TestTenant.of(RevokedRightsIT.class)
                .with("bangwo8.sources", "remote-records,ticket-views")
                .with("bangwo8.sweep-interval", "300ms");
        broker.clientSettings().forEach((key, value) -> tenant.with("kafka." + key, value));
        KafkaRight views = new KafkaRight("`bangwo8.topics.ticket-views`", AclOperation.WRITE);
        Set<String> topics = new HashSet<>(Set.of(views.topic(tenant)));
        KafkaRight.ofTheProduct().stream()
                .filter(KafkaRight::isTopic)
                .map(right -> right.topic(tenant))
                .forEach(topics::add);
        broker.createTopics(topics);
        broker.grant(KafkaRight.ofTheProduct().stream()
                .map(right -> right.on(tenant))
                .toList());
        broker.grant(List.of(views.on(tenant)));
        tenant.desk().add(tenant.newRecord(1));
        product = tenant.startPolling();
        awaitKeys("remote-records", List.of("1"));
        await().atMost(Product.PATIENCE).until(() -> status("ready") == 200);
    }

    @AfterEach
    void stop() {
        tenant.close();
    }

    /** Each is used again: by a record, a dead letter, the status of their scan, the reader of commands, and the lead. */
    @Test
    void namesEachRevokedRightAndGoesOnOnceItIsGrantedAgain() throws Exception {
        List<String> published = new ArrayList<>(List.of("1"));
        int deadLetters = 0;
        for (KafkaRight revoked : rightsOfARunningProduct()) {
            int before = product.lines().size();
            broker.revoke(List.of(revoked.on(tenant)));
            publish(published);
            tenant.desk().add(tenant.newRecord(1_000).put("csId", "no id " + ++deadLetters));

            assertThat(product.awaitLine(before, " lacks the right"))
                    .contains(
                            revoked.operation().name(), revoked.pattern(tenant).name(), "docs/kafka-rights.md");
            assertThat(status("live")).as("live without %s", revoked).isEqualTo(200);
            publish(published);
            broker.grant(List.of(revoked.on(tenant)));

            awaitKeys("remote-records", published);
            int expected = deadLetters;
            await("the dead letter after " + revoked)
                    .atMost(Product.PATIENCE)
                    .until(() -> events("dead-letters").size() == expected);
            await("readiness after " + revoked).atMost(Product.PATIENCE).until(() -> status("ready") == 200);
        }
        assertThat(status("live")).isEqualTo(200);
        awaitKeys("remote-records", published);
    }

    /** All but one: only a start reads the status. */
    private static List<KafkaRight> rightsOfARunningProduct() throws IOException {
        KafkaRight ofTheStart = new KafkaRight("`bangwo8.topics.status`", AclOperation.READ);
        List<KafkaRight> rights = KafkaRight.ofTheProduct();
        assertThat(rights).contains(ofTheStart, EVENTS);
        return rights.stream().filter(right -> !right.equals(ofTheStart)).toList();
    }

    private void publish(List<String> published) {
        long id = published.size() + 1;
        tenant.desk().add(tenant.newRecord(id));
        published.add(Long.toString(id));
    }

    @Test
    void isNotReadyWithoutARightAndPublishesTheOtherStreams() throws Exception {
        broker.revoke(List.of(EVENTS.on(tenant)));
        tenant.desk().add(tenant.newRecord(2));
        product.awaitLine(0, "publish-failed source=remote-records .*lacks the right WRITE");

        tenant.desk().ticketStore().addView(SampleRows.view(15, "售中"));
        awaitKeys("ticket-views", List.of("15"));

        // A stream is ready for a minute after its last complete scan.
        await().atMost(Duration.ofMinutes(2)).until(() -> status("ready") == 503);
        assertThat(product.management("/q/health/ready").body())
                .contains("lacks the right WRITE on the topic " + EVENTS.topic(tenant));
        assertThat(status("live")).isEqualTo(200);
        broker.grant(List.of(EVENTS.on(tenant)));

        awaitKeys("remote-records", List.of("1", "2"));
        await().atMost(Product.PATIENCE).until(() -> status("ready") == 200);
    }

    private int status(String check) {
        return product.management("/q/health/" + check).statusCode();
    }

    private void awaitKeys(String topic, List<String> keys) {
        await().atMost(Product.PATIENCE)
                .untilAsserted(() -> assertThat(events(topic)).containsExactlyInAnyOrderElementsOf(keys));
    }

    private List<String> events(String topic) {
        return TopicReader.read(broker.bootstrapServers(), tenant.topic(topic)).stream()
                .map(record -> record.key())
                .toList();
    }
}
