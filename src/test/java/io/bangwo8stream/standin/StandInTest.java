package io.bangwo8stream.standin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandInTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-03-05T04:00:00Z"), ZoneOffset.UTC);

    private final HelpDesk desk = HelpDesk.empty(NOON);
    private StandIn standIn;
    private StandInClient api;

    @BeforeEach
    void start() {
        standIn = StandIn.start(desk, 0);
        api = new StandInClient(standIn);
    }

    @AfterEach
    void stop() {
        standIn.close();
    }

    @Test
    void listsTheNewestRecordsFirstInPagesThatLinkToTheProductionOrigin() {
        for (int i = 1; i <= 5; i++) {
            desk.add(SampleRows.remoteRecord(i, "2026-03-0" + i + " 10:00:00"));
        }
        JsonNode second = api.json("remoterecord/histories.json?page=2&per_page=2");

        assertThat(api.ids("?page=2&per_page=2")).containsExactly("3", "2");
        assertThat(second.path("count").asInt()).isEqualTo(5);
        assertThat(second.path("next_page").asText())
                .isEqualTo("https://www.bangwo8.com/api/v1/remoterecord/histories.json?per_page=2&page=3");
        assertThat(second.path("previous_page").asText()).endsWith("page=1");
        assertThat(api.json("remoterecord/histories.json?page=3&per_page=2")
                        .path("next_page")
                        .isNull())
                .isTrue();
        assertThat(api.ids("?page=4&per_page=2")).isEmpty();
    }

    @Test
    void filtersRecordsByDayOfCreationUpToAndIncludingTheEndDay() {
        desk.add(SampleRows.remoteRecord(1, "2026-2-28 23:59:59"));
        desk.add(SampleRows.remoteRecord(2, "2026-03-01 00:00:00"));
        desk.add(SampleRows.remoteRecord(3, "2026-03-02 23:59:59"));
        desk.add(SampleRows.remoteRecord(4, "2026-03-03 00:00:00"));

        assertThat(api.ids("?starttime=2026-03-01&endtime=2026-3-2")).containsExactly("3", "2");
        assertThat(api.json("remoterecord/histories.json?starttime=yesterday")
                        .path("errcode")
                        .asText())
                .isNotEmpty();
    }

    @Test
    void listsTheRecordsOfOneAgent() {
        desk.add(SampleRows.remoteRecord(1, "2026-03-01 10:00:00").put("csServicerId", "77"));
        desk.add(SampleRows.remoteRecord(2, "2026-03-01 10:00:00"));

        JsonNode response = api.json("remoterecord/histories/77.json");
        assertThat(response.path("count").asInt()).isEqualTo(1);
        assertThat(response.at("/remoterecords/0/csId").asInt()).isEqualTo(1);
    }

    @Test
    void showsTheLabelsOfProblemTypesInTheSecondVersionOfTheList() {
        desk.problemTypes().put("221", "网络");
        desk.add(SampleRows.remoteRecord(1, "2026-03-01 10:00:00"));

        assertThat(api.json("remoterecord/histories.json")
                        .at("/remoterecords/0/ptId")
                        .asInt())
                .isEqualTo(221);
        JsonNode row = api.json("remoterecord/histories_v2.json").at("/remoterecords/0");
        assertThat(row.path("ptId").asText()).isEqualTo("网络");
        assertThat(row.path("ptChildId").asText()).isEmpty();

        desk.problemTypes().put("221", "网络故障");
        assertThat(api.json("remoterecord/histories_v2.json")
                        .at("/remoterecords/0/ptId")
                        .asText())
                .isEqualTo("网络故障");
    }

    @Test
    void returnsAChatInPagesAndFilteredByDay() {
        String id = desk.add(SampleRows.remoteRecord(221, "2026-03-01 10:00:00"));
        desk.addChat(id, SampleRows.message(false, "一", "2026-03-01 10:00:01"));
        desk.addChat(id, SampleRows.message(true, "二", "2026-3-2 10:00:01"));
        String path = "remoterecord/chatrecords/221.json";

        assertThat(api.json(path).at("/remote_chatrecords/contents")).hasSize(2);
        assertThat(api.json(path + "?per_page=1&page=2")
                        .at("/remote_chatrecords/contents/0/msg")
                        .asText())
                .isEqualTo("二");
        assertThat(api.json(path + "?time_start=2026-03-02&time_end=2026-03-02")
                        .path("count")
                        .asInt())
                .isEqualTo(1);
        assertThat(api.json(path + "?time_start=2026-03-02").path("errcode").asText())
                .isNotEmpty();
    }

    @Test
    void returnsTheThreeStatesOfASummary() {
        String id = desk.add(SampleRows.remoteRecord(1, "2026-03-01 10:00:00"));
        String path = "servicesummary/1.json?servicesummary_type=3";

        assertThat(api.json(path).path("status").asText()).isEqualTo("120002");
        desk.setSummary(id, SampleSummaries.noTemplate());
        assertThat(api.json(path).path("status").asText()).isEqualTo("120001");
        desk.setSummary(id, SampleSummaries.filled("总结", "field_1", "好"));
        assertThat(api.json(path)
                        .at("/data/serviceSummary/custom_fields/0/value")
                        .asText())
                .isEqualTo("好");
        assertThat(api.json("servicesummary/1.json").path("status").asText()).isEqualTo("100010");
    }

    @ParameterizedTest
    @ValueSource(strings = {"15,2", "%7B15,2%7D", "%7B15%2C2%7D", "15,2,999"})
    void countsTheTicketsOfManyViewsForEachNotationOfTheIds(String ids) {
        desk.ticketStore().addView(SampleRows.view(15, "售中"));
        desk.ticketStore().addView(SampleRows.view(2, "所有工单"));
        desk.ticketStore().addTicket(SampleRows.ticket(7, "测试", "2026-03-01 10:00:00"), "15", "2");
        desk.ticketStore().addTicket(SampleRows.ticket(8, "测试", "2026-03-01 10:00:00"), "2");

        assertThat(api.json("ticketviews/show_many.json?ids=" + ids)).isEqualTo(Json.readObject("""
                {"ticketview_counts":[{"ticketview_id":"15","count":"1"},{"ticketview_id":"2","count":"2"}]}"""));
    }

    @Test
    void showsViewsWithAndWithoutCountsAndTheirTickets() {
        desk.ticketStore().addView(SampleRows.view(15, "售中"));
        desk.ticketStore().addTicket(SampleRows.ticket(7, "测试", "2026-03-01 10:00:00"), "15");

        assertThat(api.json("ticketviews.json").at("/ticketviews/0").has("ticket_count"))
                .isFalse();
        assertThat(api.json("ticketviews.json?fields=show_tickets_num")
                        .at("/ticketviews/0/ticket_count")
                        .asText())
                .isEqualTo("1");
        desk.ticketStore().showCounts(false);
        assertThat(api.json("ticketviews.json?fields=show_tickets_num")
                        .at("/ticketviews/0")
                        .has("ticket_count"))
                .isFalse();
        assertThat(api.json("ticketviews/15.json").at("/ticketview/title").asText())
                .isEqualTo("售中");
        assertThat(api.json("ticketviews/15/count.json")
                        .at("/ticketview_count/0/count")
                        .asText())
                .isEqualTo("1");
        assertThat(api.json("ticketviews/15/tickets.json")
                        .at("/tickets/0/ticketStatus")
                        .asText())
                .isEqualTo("新建");
        assertThat(api.json("ticketviews/16.json").path("errcode").asText()).isNotEmpty();
    }

    @Test
    void listsTicketsByDayOfUpdate() {
        desk.ticketStore().addTicket(SampleRows.ticket(1, "旧", "2026-03-01 10:00:00"));
        desk.ticketStore().addTicket(SampleRows.ticket(2, "新", "2026-03-02 10:00:00"));
        desk.ticketStore().addTicket(SampleRows.ticket(3, "更新", "2026-03-02 11:00:00"));

        assertThat(api.json("tickets.json?updated_start=2026-03-02&updated_order=desc")
                        .path("tickets"))
                .extracting(ticket -> ticket.path("ticketId").asText())
                .containsExactly("3", "2");
    }

    @Test
    void servesImSessionsAndCallsWithTheirSummaries() {
        String session = desk.imSessions().add(SampleRows.imSession(11, "2026-03-01 10:00:00"));
        desk.imSessions().addChat(session, SampleRows.message(false, "在吗", "2026-03-01 10:00:01"));
        desk.calls()
                .setSummary(desk.calls().add(SampleRows.call(11, "2026-03-01 10:00:00")), SampleSummaries.noTemplate());

        assertThat(api.json("imchat/histories.json?client_id=21130282")
                        .at("/imchats/0/r_id")
                        .asText())
                .isEqualTo("11");
        assertThat(api.json("imchat/chatrecords/11.json")
                        .at("/im_chatrecords/contents/0/msg")
                        .asText())
                .isEqualTo("在吗");
        assertThat(api.json("callrecord/histories.json")
                        .at("/callrecords/0/callid")
                        .asText())
                .isEqualTo("11");
        assertThat(api.json("servicesummary/11.json?servicesummary_type=1")
                        .path("status")
                        .asText())
                .isEqualTo("120002");
        assertThat(api.json("servicesummary/11.json?servicesummary_type=2")
                        .path("status")
                        .asText())
                .isEqualTo("120001");
    }

    @Test
    void rejectsWrongCredentialsAndAgentsAtEndpointsForAdministrators() throws IOException {
        standIn.accessControl().addAgent("kefu", "kefu");
        StandInClient agent = new StandInClient(standIn, StandInClient.basic("kefu", "kefu"));

        assertThat(new StandInClient(standIn, StandInClient.basic("demo", "wrong"))
                        .get("ticketviews.json")
                        .statusCode())
                .isEqualTo(401);
        assertThat(agent.get("ticketviews.json").statusCode()).isEqualTo(200);
        assertThat(agent.get("remoterecord/histories.json").statusCode()).isEqualTo(403);
    }

    @Test
    void issuesTokensThatAreValidUntilTheyExpire() throws IOException {
        String form = "grant_type=client_credentials";
        String token = Json.read(api.send("POST", "/api/token.php", form).body())
                .path("access_token")
                .asText();
        StandInClient bearer = new StandInClient(standIn, "Bearer " + token);

        assertThat(bearer.get("remoterecord/histories.json").statusCode()).isEqualTo(200);
        standIn.accessControl().expireTokens();
        assertThat(bearer.get("remoterecord/histories.json").statusCode()).isEqualTo(401);
        assertThat(bearer.send("POST", "/api/token.php", form).body()).contains("invalid_client");
    }

    @Test
    void answersAnUnknownPathWithAnErrorCodeAndStatus200() throws IOException {
        assertThat(api.get("nothing.json").statusCode()).isEqualTo(200);
        assertThat(api.get("nothing.json").body()).isEqualTo("""
                {"errcode":"100047","errmsg":"Invalid resource URI"}""");
    }

    @Test
    void logsRequestsUntilTheLogIsReset() throws IOException {
        api.get("remoterecord/histories.json?page=1");
        api.get("ticketviews.json");

        RequestLog.Entry first = standIn.requests().entries("histories").get(0);
        assertThat(first.target()).isEqualTo("/api/v1/remoterecord/histories.json?page=1");
        assertThat(first.authorized()).isTrue();
        assertThat(first.host()).isEqualTo(standIn.baseUri().getAuthority());
        assertThat(standIn.requests().maxConcurrency()).isEqualTo(1);
        assertThat(Json.read(api.send("GET", "/_standin/requests", "").body())
                        .at("/counts/ticketviews")
                        .asInt())
                .isEqualTo(1);
        api.send("DELETE", "/_standin/requests", "");
        assertThat(standIn.requests().total()).isZero();
    }

    @Test
    void losesNoRowInIrregularResponsesThatALenientParserReads() throws IOException {
        try (StandIn irregular = StandIn.start(HelpDesk.realistic(120, 5, NOON), 0)) {
            StandInClient client = new StandInClient(irregular);
            List<String> ids = new ArrayList<>();
            StringBuilder bodies = new StringBuilder();
            for (int page = 1; page <= 60; page++) {
                bodies.append(client.get("remoterecord/histories.json?per_page=2&page=" + page)
                        .body());
                ids.addAll(client.ids("?per_page=2&page=" + page));
            }
            assertThat(ids).hasSize(120).doesNotHaveDuplicates();
            assertThat(bodies.toString()).contains("{ // ", ",]", ",}", "\"count\":\"120\"", "\"count\":120");
        }
    }
}
