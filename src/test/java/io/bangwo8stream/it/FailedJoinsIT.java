package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.standin.Fault;
import io.bangwo8stream.standin.Json;
import io.bangwo8stream.standin.RequestLog;
import io.bangwo8stream.standin.SampleRows;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests records whose parts cannot be fetched, and the other records of their page. */
class FailedJoinsIT {

    private static final String CHAT_UNKNOWN = "11";
    private static final String CHAT_BROKEN = "12";
    private static final String SUMMARY_REFUSED = "13";
    private static final String SUMMARY_STRANGE = "14";
    private static final String CHAT_TOO_LARGE = "15";
    private static final String CHAT_TOO_SLOW = "16";

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
        ObjectNode recordWithoutId = tenant.oldRecord(0);
        recordWithoutId.remove("csId");
        tenant.desk().add(recordWithoutId);
        breakJoins();
        product = tenant.runOnce();
        deadLetters = tenant.deadLetters();
    }

    private static void breakJoins() {
        for (int id = 11; id <= 16; id++) {
            tenant.desk().add(tenant.oldRecord(id).put("ChatRecord", 1));
            tenant.desk()
                    .addChat(
                            Integer.toString(id), SampleRows.message(true, "很长的一句话".repeat(20), "2018-10-24 15:14:12"));
        }
        tenant.desk()
                .setSummary(
                        SUMMARY_STRANGE,
                        Json.readObject(
                                "{\"status\":\"200\",\"message\":\"Successful\",\"data\":{\"serviceSummary\":\"?\"}}"));
        tenant.addFault(Fault.status(404).matching("chatrecords/11\\.json"))
                .addFault(Fault.status(500).matching("chatrecords/12\\.json"))
                .addFault(Fault.of(Fault.Kind.ERRCODE, 100010, "wrong request").matching("servicesummary/13\\.json"))
                // More than the product's heap can hold: the body must be refused while it is read.
                .addFault(Fault.of(Fault.Kind.HUGE_BODY, 400).matching("chatrecords/15\\.json"))
                // Each byte arrives in time, the whole body does not.
                .addFault(Fault.of(Fault.Kind.SLOW_BODY, 20).matching("chatrecords/16\\.json"));
    }

    @AfterAll
    static void stop() {
        tenant.close();
    }

    @Test
    void publishesTheOtherRecordsOfThePage() {
        assertThat(tenant.keys()).containsExactlyInAnyOrder("1", "99");
    }

    @Test
    void deadLettersRecordsAsTheyWereReceived() {
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
    void namesTheFailedCallAndTheErrorInADeadLetter() {
        assertThat(error(CHAT_UNKNOWN))
                .contains("/remoterecord/chatrecords/11.json")
                .contains("404");
        assertThat(error(CHAT_BROKEN))
                .contains("/remoterecord/chatrecords/12.json")
                .contains("500");
        assertThat(error(SUMMARY_REFUSED)).contains("/servicesummary/13.json").contains("100010: wrong request");
        assertThat(error(SUMMARY_STRANGE)).contains("/servicesummary/14.json");
        assertThat(error(CHAT_TOO_LARGE)).contains("bangwo8.max-response-size");
        assertThat(error(CHAT_TOO_SLOW)).contains("longer than bangwo8.request-timeout");
        assertThat(deadLetters)
                .filteredOn(letter -> letter.key() == null)
                .singleElement()
                .satisfies(letter ->
                        assertThat(letter.value().path("reason").asText()).isEqualTo("missing-id"));
    }

    @Test
    void retriesOnlyTemporaryFailures() {
        assertThat(calls("chatrecords", CHAT_UNKNOWN)).hasSize(1);
        assertThat(calls("servicesummary", SUMMARY_REFUSED)).hasSize(1);
        assertThat(calls("chatrecords", CHAT_TOO_LARGE)).hasSize(1);
        assertThat(calls("chatrecords", CHAT_BROKEN)).hasSize(2);
        assertThat(calls("chatrecords", CHAT_TOO_SLOW)).hasSize(2);
    }

    @Test
    void reportsUnpublishedRecordsInTheExitCodeAndTheLastLine() {
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
