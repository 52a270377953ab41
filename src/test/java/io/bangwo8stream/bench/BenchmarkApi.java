package io.bangwo8stream.bench;

import io.bangwo8stream.process.JavaProcess;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.standin.StandIn;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** The stand-in of the API in a process of its own, and the number of requests that it received. */
final class BenchmarkApi implements AutoCloseable {

    /** Days of creation of the records; the product lists the last seven. */
    private static final int DAYS = 5;

    private final HttpClient client = HttpClient.newHttpClient();
    private final JavaProcess standIn;
    private final String url;

    private BenchmarkApi(JavaProcess standIn, String url) {
        this.standIn = standIn;
        this.url = url;
    }

    /** Starts an API with uniform records that answers each request after {@code latency} milliseconds. */
    static BenchmarkApi start(int records, int latency) throws IOException {
        return start(records, DAYS, latency);
    }

    /** The same, with records of as many days. */
    static BenchmarkApi start(int records, int days, int latency) throws IOException {
        return start("uniform=" + days, "records=" + records, "latency=" + latency);
    }

    /** Starts an API without latency, with uniform tickets, each listed by two of four views. */
    static BenchmarkApi ofTickets(int tickets) throws IOException {
        return start("uniform=" + DAYS, "records=0", "tickets=" + tickets);
    }

    private static BenchmarkApi start(String... options) throws IOException {
        JavaProcess standIn = JavaProcess.ofClass(StandIn.class)
                .options(Benchmark.SERVER_MEMORY)
                .arguments(options)
                .endOnShutdown()
                .start();
        return new BenchmarkApi(standIn, standIn.awaitLine("url="));
    }

    String url() {
        return url;
    }

    /** The number of requests since the last {@link #resetRequests()}. */
    int requests() throws IOException, InterruptedException {
        return LenientJson.read(control("GET")).get("total").asInt();
    }

    void resetRequests() throws IOException, InterruptedException {
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
