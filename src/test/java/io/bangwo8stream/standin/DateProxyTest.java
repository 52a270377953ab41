package io.bangwo8stream.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class DateProxyTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-03-05T04:00:00Z"), ZoneOffset.UTC);

    @Test
    void passesRequestsOnAndWritesTheTimeOfItsClockIntoEachResponse() throws IOException, InterruptedException {
        HelpDesk desk = HelpDesk.empty(NOON);
        desk.add(SampleRows.remoteRecord(1, "2026-03-01 10:00:00"));
        try (StandIn standIn = StandIn.start(desk, 0);
                DateProxy proxy = new DateProxy(standIn.baseUri(), NOON)) {
            for (int i = 0; i < 2; i++) {
                HttpResponse<String> response = list(proxy.baseUri());

                assertThat(response.headers().firstValue("Date")).hasValue("Thu, 05 Mar 2026 04:00:00 GMT");
                assertThat(response.body())
                        .isEqualTo(new StandInClient(standIn)
                                .get("remoterecord/histories.json")
                                .body());
            }
        }
    }

    private static HttpResponse<String> list(URI origin) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(origin.resolve("/api/v1/remoterecord/histories.json"))
                                .header("Authorization", StandInClient.basic("demo", "demo"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
