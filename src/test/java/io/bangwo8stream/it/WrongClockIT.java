package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bangwo8stream.standin.RawServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests a clock that is wrong by what the API says: every {@code Date} of its responses is shifted. */
class WrongClockIT {

    private final TestTenant tenant = TestTenant.of(WrongClockIT.class).with("bangwo8.sweep-interval", "500ms");
    private final HttpClient client = HttpClient.newHttpClient();
    private final RawServer api = new RawServer(this::respond);
    private volatile Duration shift = Duration.ZERO;

    @AfterEach
    void close() {
        tenant.close();
        api.close();
    }

    @Test
    void reportsItForgetsAndDeletesNothingAndGoesOnWithoutPublishingTwice() {
        tenant.with("bangwo8.base-url", "http://127.0.0.1:" + api.port());
        List.of(1, 2, 3).forEach(id -> tenant.desk().add(tenant.oldRecord(id)));
        Product product = tenant.startPolling();
        awaitKeys("1", "2", "3");
        awaitScans(product, 3);

        isWrongBy(Duration.ofDays(30), product);
        tenant.desk().remove("2");
        tenant.desk().add(tenant.newRecord(4));
        awaitKeys("1", "2", "3", "4");
        isWrongBy(Duration.ofHours(-10), product);
        tenant.desk().add(tenant.newRecord(5));
        awaitKeys("1", "2", "3", "4", "5");
        awaitScans(product, 5);
        assertThat(tenant.keys()).as("events while the clock was wrong").hasSize(5);
        assertThat(knownRecords()).containsExactlyInAnyOrder("1", "2", "3", "4", "5");
        product.close();

        shift = Duration.ofDays(30);
        Product restarted = tenant.startPolling();
        restarted.awaitLine(0, "clock-jumped against=api trusted=false");
        awaitScans(restarted, 5);
        assertThat(tenant.keys())
                .as("events after a restart with a wrong clock")
                .hasSize(5);
        assertThat(knownRecords()).containsExactlyInAnyOrder("1", "2", "3", "4", "5");

        shift = Duration.ZERO;
        await().atMost(Product.PATIENCE)
                .until(() ->
                        tenant.events().stream().anyMatch(event -> event.type().endsWith(".deleted")));
        awaitScans(restarted, 3);
        assertThat(tenant.keys())
                .as("events after the clock was corrected")
                .containsExactlyInAnyOrder("1", "2", "2", "3", "4", "5");
    }

    private void isWrongBy(Duration difference, Product product) {
        int requests = api.requests().size();
        shift = difference;
        await().atMost(Product.PATIENCE)
                .until(() -> product.management("/q/metrics").body().contains("bangwo8_clock_trusted 0"));
        assertThat(product.output()).contains("clock-jumped against=api trusted=false");
        HttpResponse<String> ready = product.management("/q/health/ready");
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body()).contains("the clock of this machine says", "correct the clock");
        await().atMost(Product.PATIENCE).until(() -> api.requests().size() > requests + 20);
    }

    private void awaitKeys(String... ids) {
        await().atMost(Product.PATIENCE)
                .untilAsserted(() -> assertThat(tenant.keys()).containsExactlyInAnyOrder(ids));
    }

    private static void awaitScans(Product product, int scans) {
        for (int i = 0; i < scans; i++) {
            product.awaitLine(product.lines().size(), " scanned source=remote-records");
        }
    }

    /** The ids of the records with a state, apart from the ids of the last events of records that are gone. */
    private Set<String> knownRecords() {
        String prefix = tenant.name() + "/remote-records/";
        return TopicReader.read(tenant.topic("state")).stream()
                .filter(record -> record.key().startsWith(prefix))
                .collect(Collectors.toMap(
                        record -> record.key().substring(prefix.length()),
                        record -> record.value() != null
                                && !Event.json(new String(record.value(), StandardCharsets.UTF_8))
                                        .has("gone"),
                        (older, newer) -> newer))
                .entrySet()
                .stream()
                .filter(record -> record.getValue())
                .map(record -> record.getKey())
                .collect(Collectors.toSet());
    }

    /** Passes a request on to the stand-in, whose own server does not let a test set the date. */
    private void respond(List<String> request, OutputStream out) throws IOException, InterruptedException {
        HttpRequest.Builder forwarded = HttpRequest.newBuilder(
                tenant.standIn().baseUri().resolve(URI.create(request.get(0).split(" ")[1])));
        request.stream()
                .filter(line -> line.startsWith("Authorization: "))
                .forEach(line -> forwarded.header("Authorization", line.split(": ", 2)[1]));
        HttpResponse<byte[]> response = client.send(forwarded.build(), HttpResponse.BodyHandlers.ofByteArray());
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plus(shift));
        String head = "HTTP/1.1 " + response.statusCode() + " \r\nDate: " + date + "\r\nContent-Type: "
                + response.headers().firstValue("Content-Type").orElse("") + "\r\nContent-Length: "
                + response.body().length + "\r\nConnection: close\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(response.body());
        out.flush();
    }
}
