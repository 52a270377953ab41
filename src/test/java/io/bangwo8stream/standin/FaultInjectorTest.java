package io.bangwo8stream.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultInjectorTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-03-05T04:00:00Z"), ZoneOffset.UTC);
    private static final String LIST = "remoterecord/histories.json";

    private final HelpDesk desk = HelpDesk.empty(NOON);
    private StandIn standIn;
    private StandInClient api;

    @BeforeEach
    void start() {
        for (int i = 1; i <= 4; i++) {
            desk.add(SampleRows.remoteRecord(i, "2026-03-0" + i + " 10:00:00"));
        }
        standIn = StandIn.start(desk, 0);
        api = new StandInClient(standIn);
    }

    @AfterEach
    void stop() {
        standIn.close();
    }

    @Test
    void appliesAFaultToOneEndpointAfterSkippedRequestsForALimitedNumberOfRequests() throws IOException {
        standIn.faults().add(Fault.status(503, "2").on("histories").after(1).times(1));

        assertThat(api.get("ticketviews.json").statusCode()).isEqualTo(200);
        assertThat(api.get(LIST).statusCode()).isEqualTo(200);
        HttpResponse<String> faulty = api.get(LIST);
        assertThat(faulty.statusCode()).isEqualTo(503);
        assertThat(faulty.headers().firstValue("Retry-After")).hasValue("2");
        assertThat(api.get(LIST).statusCode()).isEqualTo(200);
        assertThat(standIn.faults().applications()).isEqualTo(1);
    }

    @Test
    void appliesAFaultOnlyToRequestsWhoseTargetMatches() throws IOException {
        standIn.faults().add(Fault.status(500).matching("page=2"));

        assertThat(api.get(LIST + "?page=1").statusCode()).isEqualTo(200);
        assertThat(api.get(LIST + "?page=2").statusCode()).isEqualTo(500);
    }

    @Test
    void closesTheConnectionWithoutAResponse() {
        standIn.faults().add(Fault.of(Fault.Kind.NO_RESPONSE));

        assertThatThrownBy(() -> api.get(LIST)).isInstanceOf(IOException.class);
        assertThat(standIn.requests().count("histories")).isPositive();
    }

    @Test
    void closesTheConnectionAfterHalfOfTheBody() {
        standIn.faults().add(Fault.of(Fault.Kind.CUT_BODY));

        assertThatThrownBy(() -> api.get(LIST)).isInstanceOf(IOException.class).hasMessageContaining("bytes");
    }

    @Test
    void sendsTheCompleteBodySlowly() throws IOException {
        String body = api.get(LIST + "?per_page=1").body();
        standIn.faults().add(Fault.of(Fault.Kind.SLOW_BODY, body.length() * 5L));

        assertThat(api.get(LIST + "?per_page=1").body()).isEqualTo(body);
    }

    @Test
    void replacesTheListByAnotherBodyWithStatus200() throws IOException {
        standIn.faults().add(Fault.of(Fault.Kind.NOT_JSON).times(1));
        assertThat(api.get(LIST).body()).startsWith("<!DOCTYPE html>");
        standIn.faults().clear();

        standIn.faults().add(Fault.of(Fault.Kind.EMPTY_BODY).times(1));
        assertThat(api.get(LIST).body()).isEmpty();
        standIn.faults().clear();

        standIn.faults()
                .add(Fault.of(Fault.Kind.ERRCODE, 100047, "Invalid resource URI")
                        .times(1));
        assertThat(api.json(LIST).path("errcode").asText()).isEqualTo("100047");
        standIn.faults().clear();

        standIn.faults().add(Fault.of(Fault.Kind.BODY, "{ //自定义\n}").times(1));
        assertThat(api.get(LIST).body()).isEqualTo("{ //自定义\n}");
    }

    @Test
    void redirectsTheClientToAnotherOrigin() throws IOException {
        standIn.faults().add(Fault.of(Fault.Kind.REDIRECT, "http://127.0.0.1:1/elsewhere"));

        HttpResponse<String> response = api.get(LIST);
        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(response.headers().firstValue("Location")).hasValue("http://127.0.0.1:1/elsewhere");
    }

    @Test
    void sendsTheRequestedNumberOfMebibytes() throws IOException {
        standIn.faults().add(Fault.of(Fault.Kind.HUGE_BODY, 2));

        assertThat(api.get(LIST).body()).hasSizeGreaterThan(2 << 20);
    }

    @Test
    void shiftsThePagesWhileAClientScansTheList() {
        standIn.faults().add(Fault.of(Fault.Kind.SHIFT_PAGES));

        assertThat(api.ids("?per_page=2&page=1")).containsExactly("4", "3");
        assertThat(api.ids("?per_page=2&page=2")).containsExactly("3", "2");
        standIn.faults().clear();
        standIn.faults().add(Fault.of(Fault.Kind.SHIFT_PAGES_BACK));
        assertThat(api.ids("?per_page=2&page=2")).containsExactly("2", "1");
    }

    @Test
    void shiftsThePagesWithoutAChangeOfTheCount() {
        desk.add(SampleRows.remoteRecord(5, "2026-03-04 11:00:00"));
        standIn.faults().add(Fault.of(Fault.Kind.SHIFT_PAGES_UNCOUNTED));

        assertThat(api.ids("?per_page=1&page=1")).containsExactly("5");
        assertThat(api.ids("?per_page=1&page=2"))
                .as("record 4 is on page 1 now")
                .containsExactly("9000001");
        standIn.faults().clear();
        assertThat(api.json(LIST).path("count").asInt()).isEqualTo(5);
    }

    @Test
    void withdrawsAndInsertsMessagesWhileAClientReadsAChat() {
        desk.addChat("1", SampleRows.message(true, "a", "2026-03-01 10:00:00"));
        desk.addChat("1", SampleRows.message(true, "b", "2026-03-01 10:00:00"));
        desk.addChat("1", SampleRows.message(true, "c", "2026-03-01 10:00:00"));
        standIn.faults().add(Fault.of(Fault.Kind.WITHDRAWN_MESSAGE).matching("page=2"));
        standIn.faults().add(Fault.of(Fault.Kind.INSERTED_MESSAGE, "x").matching("page=3"));

        assertThat(message("?per_page=1&page=1")).isEqualTo("a");
        assertThat(message("?per_page=1&page=2")).isEqualTo("c");
        assertThat(message("?per_page=1&page=3")).isEqualTo("c");
        standIn.faults().clear();
        assertThat(message("?per_page=1&page=1")).isEqualTo("x");
    }

    private String message(String query) {
        return api.json("remoterecord/chatrecords/1.json" + query)
                .at("/remote_chatrecords/contents/0/msg")
                .asText();
    }

    @Test
    void linksToTheSamePageAndToAnotherOrigin() {
        standIn.faults().add(Fault.of(Fault.Kind.REPEAT_NEXT_PAGE));
        standIn.faults().add(Fault.of(Fault.Kind.REPEAT_PAGE, 1));
        standIn.faults().add(Fault.of(Fault.Kind.FOREIGN_NEXT_PAGE, "https://elsewhere.example"));

        assertThat(api.json(LIST + "?page=9").path("next_page").asText())
                .startsWith("https://elsewhere.example/api/v1/")
                .contains("page=9");
        assertThat(api.ids("?page=9")).containsExactly("4", "3", "2", "1");
    }

    @Test
    void changesTheCountAndTheOrderOfTheRows() {
        standIn.faults().add(Fault.of(Fault.Kind.CHANGING_COUNT, -1));
        standIn.faults().add(Fault.of(Fault.Kind.REVERSED_ROWS));
        standIn.faults().add(Fault.of(Fault.Kind.REPEAT_LAST_ROW));

        assertThat(api.json(LIST).path("count").asInt()).isEqualTo(3);
        assertThat(api.json(LIST).path("count").asInt()).isEqualTo(2);
        assertThat(api.ids("")).containsExactly("1", "2", "3", "4", "4");
    }

    @Test
    void listsAnAdditionalRowOfAnyJson() {
        standIn.faults().add(Fault.of(Fault.Kind.EXTRA_ROW, "[7]"));

        assertThat(api.json(LIST).at("/remoterecords/0")).hasToString("[7]");
        assertThat(api.json(LIST).path("remoterecords")).hasSize(5);
        assertThat(api.json(LIST).path("count").asInt()).isEqualTo(4);
    }

    @Test
    void showsTheSameContentInAnotherFormToEachRequest() throws IOException {
        standIn.faults().add(Fault.of(Fault.Kind.REFORMATTED_ROWS));
        String path = LIST + "?starttime=2026-03-04";
        JsonNode first = api.json(path).at("/remoterecords/0");
        JsonNode second = api.json(path).at("/remoterecords/0");

        assertThat(first.toString()).isNotEqualTo(second.toString());
        assertThat(VendorTime.day(first.path("csBTime").asText()))
                .isEqualTo(VendorTime.day(second.path("csBTime").asText()));
        SampleRows.remoteRecord(4, "2026-03-04 10:00:00").fieldNames().forEachRemaining(name -> {
            if (!name.endsWith("Time")) {
                assertThat(first.path(name).asText())
                        .as(name)
                        .isEqualTo(second.path(name).asText());
            }
        });
    }

    @Test
    void acceptsFaultsOverHttp() throws IOException {
        api.send("POST", "/_standin/faults", """
                [{"kind": "status", "endpoint": "histories", "number": 429, "text": "1", "times": 1},
                 {"kind": "not-json", "matching": "ticketviews"}]""");

        assertThat(api.get(LIST).statusCode()).isEqualTo(429);
        assertThat(api.get("ticketviews.json").body()).startsWith("<!DOCTYPE html>");
        api.send("DELETE", "/_standin/faults", "");
        assertThat(api.get("ticketviews.json").body()).startsWith("{");
        assertThat(api.send("POST", "/_standin/faults", "{\"kind\": \"nonsense\"}")
                        .statusCode())
                .isEqualTo(400);
    }
}
