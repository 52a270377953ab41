package io.bangwo8stream.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.record.UnreadableJsonException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/** Calls the API without blocking a thread, so many calls at once and no more. */
final class CeilingApi {

    private static final String LOGIN =
            "Basic " + Base64.getEncoder().encodeToString("demo:demo".getBytes(StandardCharsets.UTF_8));

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newFixedThreadPool(2, CeilingApi::daemon))
            .build();
    private final String base;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private int free;

    CeilingApi(String base, int inFlight) {
        this.base = base + "/api/v1";
        this.free = inFlight;
    }

    private record Waiting(HttpRequest request, CompletableFuture<JsonNode> answer) {}

    /** The answer to a request for {@code target}, path and query, as soon as it is its turn. */
    CompletableFuture<JsonNode> get(String target) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + target))
                .header("Authorization", LOGIN)
                .header("Accept", "application/json")
                .build();
        Waiting call = new Waiting(request, new CompletableFuture<>());
        synchronized (waiting) {
            if (free == 0) {
                waiting.add(call);
                return call.answer();
            }
            free--;
        }
        send(call);
        return call.answer();
    }

    private void send(Waiting call) {
        client.sendAsync(call.request(), BodyHandlers.ofByteArray()).whenComplete((response, failure) -> {
            sendNext();
            if (failure != null) {
                call.answer().completeExceptionally(failure);
                return;
            }
            try {
                call.answer().complete(json(response));
            } catch (RuntimeException unusable) {
                call.answer().completeExceptionally(unusable);
            }
        });
    }

    private void sendNext() {
        Waiting next;
        synchronized (waiting) {
            next = waiting.poll();
            if (next == null) {
                free++;
                return;
            }
        }
        send(next);
    }

    private static JsonNode json(HttpResponse<byte[]> response) {
        if (response.statusCode() != 200) {
            throw new IllegalStateException(response.uri() + " answered " + response.statusCode());
        }
        try {
            return LenientJson.read(response.body());
        } catch (UnreadableJsonException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "ceiling-api");
        thread.setDaemon(true);
        return thread;
    }
}
