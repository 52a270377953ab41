package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.routes.AsyncApi;
import io.bangwo8stream.standin.Fault;
import io.bangwo8stream.standin.Json;
import io.bangwo8stream.standin.VendorTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Checks the documents of the events against the events of a small help desk, before and after changes. */
class EventsDocumentIT {

    private static final Path DESK = Path.of("src/test/resources/document");

    private static TestTenant tenant;
    private static List<Event> events;

    @BeforeAll
    static void scanBeforeAndAfterChanges() {
        // The records have fixed dates; the look-back is long enough to include them.
        tenant = TestTenant.of(EventsDocumentIT.class)
                .with("bangwo8.look-back", "6000d")
                .with("bangwo8.tenant", "default")
                .with("bangwo8.sources", "remote-records,tickets,ticket-views")
                .with("bangwo8.problem-type-labels", "true")
                .with("bangwo8.max-retries", "0")
                .with("bangwo8.sweep-interval", "1s")
                // One day to backfill, so that the state contains the progress of a backfill.
                .with(
                        "bangwo8.start-date",
                        VendorTime.now(Clock.systemUTC())
                                .toLocalDate()
                                .minusDays(6001)
                                .toString());
        addRecords();
        addTickets();
        tenant.runOnce();
        changeAll();
        tenant.runOnce();
        removeAll();
        tenant.runOnce();
        String output = tenant.runOnce().output();
        assertThat(output).contains("deleted source=remote-records records=1 example=10518");
        events = Stream.of("remote-records", "tickets", "ticket-views", "dead-letters")
                .flatMap(what -> TopicReader.read(tenant.topic(what)).stream())
                .map(Event::of)
                .toList();
    }

    private static void addRecords() {
        tenant.desk().problemTypes().put("221", "网络");
        tenant.desk().problemTypes().put("451", "无法上网");
        tenant.desk().problemTypes().put("341", "网线松动");
        tenant.desk().add((ObjectNode) json("remote-record"));
        json("chat").forEach(message -> tenant.desk().addChat("10518", (ObjectNode) message));
        tenant.desk().add((ObjectNode) json("unjoinable-record"));
        tenant.addFault(Fault.status(500).matching("chatrecords/10519\\.json"));
    }

    private static void addTickets() {
        json("views").forEach(view -> tenant.desk().ticketStore().addView((ObjectNode) view));
        tenant.desk().ticketStore().addTicket((ObjectNode) json("ticket"), "2", "15");
    }

    private static void changeAll() {
        tenant.standIn().faults().clear();
        tenant.desk().change("10518", row -> row.setAll((ObjectNode) json("remote-record-finished")));
        tenant.desk().setSummary("10518", (ObjectNode) json("summary"));
        tenant.desk().ticketStore().changeTicket("5237431", row -> row.setAll((ObjectNode) json("ticket-solved")));
        tenant.desk().ticketStore().showIn("5237431", "2");
    }

    /** The first run after it only stores what is missing, the second one publishes it. */
    private static void removeAll() {
        tenant.desk().remove("10518");
        tenant.desk().ticketStore().showIn("5237431");
        tenant.addFault(Fault.status(403).on("tickets"));
    }

    @AfterAll
    static void stop() {
        tenant.close();
    }

    @Test
    void documentShowsTheEventsThatAreInKafka() {
        EventsDocument document = EventsDocument.read();

        assertThat(document.text())
                .as("the examples are out of date: cp %s %s", EventsDocument.GENERATED, EventsDocument.FILE)
                .isEqualTo(document.with(events));
    }

    @Test
    void documentShowsAnEventOfEveryType() {
        assertThat(EventsDocument.read().types())
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(
                        events.stream().map(Event::type).distinct().toList());
    }

    @Test
    void stateMatchesTheAsyncApiDocument() {
        List<ConsumerRecord<String, byte[]>> states = TopicReader.read(tenant.topic("state"));

        assertThat(states)
                .extracting(ConsumerRecord::key)
                .contains("default/remote-records", "default/remote-records/10518", "default/ticket-views/15");
        assertThat(states).allSatisfy(state -> {
            ObjectNode record = Event.inDocumentedForm(state);
            record.set("payload", Event.json(new String(state.value(), StandardCharsets.UTF_8)));
            assertThat(AsyncApi.document().mistakes("bangwo8.state", record))
                    .as(record.toString())
                    .isEmpty();
        });
    }

    @Test
    void createsTopicsAsTheAsyncApiDocumentStates() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", Broker.bootstrapServers()))) {
            for (Map.Entry<String, JsonNode> topic :
                    AsyncApi.document().topicConfigurations().entrySet()) {
                ConfigResource resource = new ConfigResource(
                        ConfigResource.Type.TOPIC, tenant.topic(topic.getKey().replace("bangwo8.", "")));
                Config config =
                        admin.describeConfigs(List.of(resource)).all().get().get(resource);
                topic.getValue()
                        .properties()
                        .forEach(setting -> assertThat(
                                        config.get(setting.getKey()).value())
                                .as("%s of %s", setting.getKey(), topic.getKey())
                                .isEqualTo(text(setting.getValue())));
            }
        }
    }

    /** Kafka represents a list as a string with commas. */
    private static String text(JsonNode setting) {
        return setting.isArray() ? setting.toString().replaceAll("[\\[\\]\"]", "") : setting.asText();
    }

    private static JsonNode json(String name) {
        try {
            return Json.read(Files.readString(DESK.resolve(name + ".json")));
        } catch (IOException e) {
            throw new UncheckedIOException("the help desk's " + name + " cannot be read", e);
        }
    }
}
