package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.standin.Fault;
import io.bangwo8stream.standin.Json;
import io.bangwo8stream.standin.RequestLog;
import io.bangwo8stream.standin.Rows;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What becomes of records whose parts cannot be fetched, and of their neighbours. */
class FailedJoinsIT {

    private static final String CHAT_UNKNOWN = "11";
    private static final String CHAT_BROKEN = "12";
    private static final String SUMMARY_REFUSED = "13";
    private static final String SUMMARY_STRANGE = "14";
    private static final String CHAT_TOO_LARGE = "15";
    private static final String CHAT_DRIPS = "16";

    private static TestTenant tenant;
    private static Product product;
    private static List<Event> deadLetters;

    @BeforeAll
    static void scanOnce() {
        tenant = TestTenant.of(FailedJoinsIT.class)
                .with("bangwo8.max-retries", "1")
                .with("bangwo8.request-timeout", "4s")
                .with("bangwo8.max-response-size", "100000");
        tenant.desk().add(tenant.oldRecord(1));
        tenant.desk().add(tenant.oldRecord(99));
        ObjectNode nameless = tenant.oldRecord(0);
        nameless.remove("csId");
        tenant.desk().add(nameless);
        breakJoins();
        product = tenant.once();
        deadLetters = tenant.deadLetters();
    }

    private static void breakJoins() {
        for (int id = 11; id <= 16; id++) {
            tenant.desk().add(tenant.oldRecord(id).put("ChatRecord", 1));
            tenant.desk().addChat(Integer.toString(id), Rows.message(true, "很长的一句话".repeat(20), "2018-10-24 15:14:12"));
        }
        tenant.desk()
                .setSummary(
                        SUMMARY_STRANGE,
                        Json.readObject(
                                "{\"status\":\"200\",\"message\":\"Successful\",\"data\":{\"serviceSummary\":\"?\"}}"));
        tenant.fault(Fault.status(404).matching("chatrecords/11\\.json"))
                .fault(Fault.status(500).matching("chatrecords/12\\.json"))
                .fault(Fault.of(Fault.Kind.ERRCODE, 100010, "wrong request").matching("servicesummary/13\\.json"))
                // More than the product's heap: refused while it is read, or not at all.
                .fault(Fault.of(Fault.Kind.HUGE_BODY, 400).matching("chatrecords/15\\.json"))
                // Each byte comes in time, the whole of it does not.
                .fault(Fault.of(Fault.Kind.SLOW_DRIP, 20).matching("chatrecords/16\\.json"));
    }

    @AfterAll
    static void stop() {
        tenant.close();
    }

    @Test
    void publishesTheirNeighbours() {
        assertThat(tenant.keys()).containsExactlyInAnyOrder("1", "99");
    }

    @Test
    void putsThemAmongTheDeadLettersAsTheyWereReceived() {
        assertThat(deadLetters)
                .extracting(Event::key)
                .containsExactlyInAnyOrder("11", "12", "13", "14", "15", "16", null);
        assertThat(deadLetters).allSatisfy(letter -> {
            assertThat(letter.type()).isEqualTo("bangwo8.remote-record.dead-lettered");
            assertThat(letter.value().path("source").asText()).isEqualTo("remote-records");
            assertThat(letter.value().path("payload").path("contactor").asText())
                    .isEqualTo("张三");
            assertThat(letter.value().path("id").asText(null)).isEqualTo(letter.key());
            assertThat(letter.headers().get("ce_subject")).isEqualTo(letter.key());
        });
    }

    @Test
    void saysInADeadLetterWhichCallFailedAndHow() {
        assertThat(error(CHAT_UNKNOWN))
                .contains("/remoterecord/chatrecords/11.json")
                .contains("404");
        assertThat(error(CHAT_BROKEN))
                .contains("/remoterecord/chatrecords/12.json")
                .contains("500");
        assertThat(error(SUMMARY_REFUSED)).contains("/servicesummary/13.json").contains("100010: wrong request");
        assertThat(error(SUMMARY_STRANGE)).contains("/servicesummary/14.json");
        assertThat(error(CHAT_TOO_LARGE)).contains("bangwo8.max-response-size");
        assertThat(error(CHAT_DRIPS)).contains("too long");
        assertThat(deadLetters)
                .filteredOn(letter -> letter.key() == null)
                .singleElement()
                .satisfies(letter ->
                        assertThat(letter.value().path("reason").asText()).isEqualTo("missing-id"));
    }

    @Test
    void repeatsOnlyTheCallsThatMayPass() {
        assertThat(calls("chatrecords", CHAT_UNKNOWN)).hasSize(1);
        assertThat(calls("servicesummary", SUMMARY_REFUSED)).hasSize(1);
        assertThat(calls("chatrecords", CHAT_TOO_LARGE)).hasSize(1);
        assertThat(calls("chatrecords", CHAT_BROKEN)).hasSize(2);
        assertThat(calls("chatrecords", CHAT_DRIPS)).hasSize(2);
    }

    @Test
    void saysWithItsExitCodeAndItsLastLineThatRecordsAreUnpublished() {
        assertThat(product.awaitExit()).isNotZero();
        assertThat(product.lines().get(product.lines().size() - 1))
                .contains("seen=9 published=2 unchanged=0 dead-lettered=7 failed=7")
                .doesNotContain("exit=0");
        assertThat(product.output()).doesNotContain("\tat ");
    }

    private static String error(String id) {
        return deadLetters.stream()
                .filter(letter -> id.equals(letter.key()))
                .findFirst()
                .orElseThrow()
                .value()
                .path("error")
                .asText();
    }

    private static List<RequestLog.Entry> calls(String endpoint, String id) {
        return tenant.requests().entries(endpoint).stream()
                .filter(entry -> entry.path().endsWith("/" + id + ".json"))
                .toList();
    }
}
