package io.bangwo8stream.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Sends HTTP requests to the stand-in, by default as the account {@code demo}. */
final class StandInClient {

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI origin;
    private final String authorization;

    StandInClient(StandIn standIn) {
        this(standIn, basic("demo", "demo"));
    }

    StandInClient(StandIn standIn, String authorization) {
        origin = standIn.baseUri();
        this.authorization = authorization;
    }

    static String basic(String account, String password) {
        return "Basic "
                + Base64.getEncoder().encodeToString((account + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    HttpResponse<String> get(String pathAndQuery) throws IOException {
        return send("GET", "/api/v1/" + pathAndQuery, "");
    }

    HttpResponse<String> send(String method, String target, String body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(origin.resolve(target))
                .header("Authorization", authorization)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    JsonNode json(String pathAndQuery) {
        try {
            return Json.read(get(pathAndQuery).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The ids of the remote-assistance records in a list response. */
    List<String> ids(String query) {
        List<String> ids = new ArrayList<>();
        json("remoterecord/histories.json" + query)
                .path("remoterecords")
                .forEach(row -> ids.add(row.path("csId").asText()));
        return ids;
    }
}
