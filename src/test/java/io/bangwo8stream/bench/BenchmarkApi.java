package io.bangwo8stream.bench;

import io.bangwo8stream.record.LenientJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** The stand-in of the API as a process of its own, and the count of what it was asked. */
final class BenchmarkApi implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final Child standIn;
    private final String url;

    private BenchmarkApi(Child standIn, String url) {
        this.standIn = standIn;
        this.url = url;
    }

    /** Starts an API with so many equal records, which takes {@code latency} milliseconds over each call. */
    static BenchmarkApi start(int records, int latency) throws IOException {
        return start("records=" + records, "latency=" + latency);
    }

    /** Starts an API with so many equal tickets, each of which two of four views list, and no latency. */
    static BenchmarkApi ofTickets(int tickets) throws IOException {
        return start("records=0", "tickets=" + tickets);
    }

    private static BenchmarkApi start(String records, String more) throws IOException {
        // The records are of the last five days; the product looks back seven.
        Child standIn = Child.demo("standin.StandIn", "uniform=5", records, more);
        return new BenchmarkApi(standIn, standIn.awaitLine("url="));
    }

    String url() {
        return url;
    }

    /** Calls since the last {@link #forgetCalls()}. */
    int calls() throws IOException, InterruptedException {
        return LenientJson.read(control("GET")).get("total").asInt();
    }

    void forgetCalls() throws IOException, InterruptedException {
        control("DELETE");
    }

    private byte[] control(String method) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/_standin/requests"))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return client.send(request, BodyHandlers.ofByteArray()).body();
    }

    @Override
    public void close() {
        standIn.close();
    }
}
