package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.standin.Fault;
import io.bangwo8stream.standin.Fault.Kind;
import io.bangwo8stream.standin.VendorTime;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests single runs against responses as real servers send them: damaged, in another charset, or far too large. */
class AwkwardResponsesIT {

    private static final String PHP_MESSAGE =
            "<br />\n<b>Deprecated</b>:  {x} in <b>/a/b.php</b> on line <b>3</b><br />\n";

    @Test
    void readsAListInGbkWithAMessageOfPhpAndWithTextsAndNumbersThatAreNoJson() {
        try (TestTenant tenant = TestTenant.of(AwkwardResponsesIT.class)) {
            tenant.desk().add(tenant.oldRecord(1).put("note", "中文"));
            tenant.desk().add(tenant.oldRecord(2).put("note", "TAB").put("newField", "ZEROS"));
            tenant.desk().add(tenant.oldRecord(3).put("newField", "NAN"));
            tenant.addFault(Fault.of(Kind.RAW_TEXT, "TAB~a\tb").on("histories"))
                    .addFault(Fault.of(Kind.RAW_TEXT, "\"ZEROS\"~007").on("histories"))
                    .addFault(Fault.of(Kind.RAW_TEXT, "\"NAN\"~NaN").on("histories"))
                    .addFault(Fault.of(Kind.TEXT_BEFORE, PHP_MESSAGE).on("histories"))
                    .addFault(Fault.of(Kind.CHARSET, "GBK").on("histories"));

            Product product = tenant.runOnce();

            assertThat(product.awaitExit()).as(product.output()).isZero();
            assertThat(event(tenant, "1").at("/record/note").asText()).isEqualTo("中文");
            assertThat(event(tenant, "2").at("/record/note").asText()).isEqualTo("a\tb");
            assertThat(event(tenant, "2").at("/record/newField")).hasToString("\"007\"");
            assertThat(event(tenant, "3").at("/record/newField").isNull()).isTrue();
            assertThat(event(tenant, "3").at("/unparsed/newField").asText()).isEqualTo("NaN");
            assertThat(product.output()).containsOnlyOnce("response-repaired");
        }
    }

    @Test
    void endsWhenTheListsOfOtherDaysHaveNoContentAndAPageDoesNotExist() {
        try (TestTenant tenant = TestTenant.of(AwkwardResponsesIT.class).with("bangwo8.per-page", "2")) {
            IntStream.rangeClosed(1, 4).forEach(id -> tenant.desk().add(tenant.oldRecord(id)));
            tenant.addFault(Fault.of(Kind.RAW_TEXT, "\"count\"~\"other\"").on("histories"))
                    .addFault(Fault.of(Kind.RAW_TEXT, "\"next_page\"~\"next\"").on("histories"))
                    .addFault(Fault.status(404).on("histories").matching("page=[3-9]&"))
                    // Nothing of today: the list of the newest two days has no content.
                    .addFault(Fault.status(204)
                            .on("histories")
                            .matching("endtime="
                                    + VendorTime.now(Clock.systemUTC()).toLocalDate()));

            assertThat(tenant.runOnce().awaitExit()).isZero();
            assertThat(tenant.keys()).containsExactlyInAnyOrder("1", "2", "3", "4");
        }
    }

    @Test
    void deadLettersRecordsWhoseChatsTogetherExceedTheHeap() {
        List<String> ids =
                IntStream.rangeClosed(1, 24).mapToObj(Integer::toString).toList();
        try (TestTenant tenant = TestTenant.of(AwkwardResponsesIT.class)) {
            ids.forEach(
                    id -> tenant.desk().add(tenant.oldRecord(Long.parseLong(id)).put("ChatRecord", 1)));
            String message = "{\"spokesman\":1,\"spokesman_identity\":1,\"msg\":\"" + "A".repeat(6 << 20) + "\"}";
            tenant.addFault(Fault.of(
                            Kind.BODY,
                            "{\"remote_chatrecords\":{\"csId\":\"1\",\"contents\":[" + message + "]},\"count\":1}")
                    .on("chatrecords"));

            Product product = tenant.runOnce();

            assertThat(product.output()).doesNotContain("OutOfMemoryError").doesNotContain("process-ended");
            assertThat(tenant.deadLetters())
                    .extracting(letter -> letter.value().path("reason").asText())
                    .hasSize(24)
                    .containsOnly("too-large");
            assertThat(tenant.deadLetters()).extracting(Event::key).containsExactlyInAnyOrderElementsOf(ids);
        }
    }

    /** Each fits {@code bangwo8.max-response-size}, and would take many times its size as a tree. */
    @ParameterizedTest
    @CsvSource({"{}, 4000000", "'{\"csId\":1,\"contactor\":\"x\"}', 150000"})
    void publishesTheOtherDaysBesideAListOfFarTooManyRows(String row, int rows) {
        try (TestTenant tenant = TestTenant.of(AwkwardResponsesIT.class)) {
            tenant.desk().add(tenant.oldRecord(1));
            String flood = "{\"remoterecords\":[" + (row + ",").repeat(rows - 1) + row + "],\"count\":" + rows + "}";
            tenant.addFault(Fault.of(Kind.BODY, flood)
                    .on("histories")
                    .matching("endtime=" + VendorTime.now(Clock.systemUTC()).toLocalDate()));

            Product product = tenant.runOnce();

            assertThat(product.awaitExit()).isOne();
            assertThat(product.output()).doesNotContain("OutOfMemoryError").doesNotContain("process-ended");
            assertThat(tenant.keys()).containsExactly("1");
        }
    }

    private static JsonNode event(TestTenant tenant, String key) {
        return tenant.events().stream()
                .filter(event -> event.key().equals(key))
                .findFirst()
                .orElseThrow()
                .value();
    }
}
