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

/** Sends requests to the API without blocking a thread, and limits how many are in flight. */
final class BaselineApi {

    private static final String LOGIN =
            "Basic " + Base64.getEncoder().encodeToString("demo:demo".getBytes(StandardCharsets.UTF_8));

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newFixedThreadPool(2, BaselineApi::daemon))
            .build();
    private final String base;
    private final Queue<PendingRequest> waiting = new ArrayDeque<>();
    private int freePlaces;

    BaselineApi(String base, int inFlight) {
        this.base = base + "/api/v1";
        this.freePlaces = inFlight;
    }

    private record PendingRequest(HttpRequest request, CompletableFuture<JsonNode> response) {}

    /** Completes with the response to a request for {@code target} (path and query), sent when a place is free. */
    CompletableFuture<JsonNode> get(String target) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + target))
                .header("Authorization", LOGIN)
                .header("Accept", "application/json")
                .build();
        PendingRequest pending = new PendingRequest(request, new CompletableFuture<>());
        synchronized (waiting) {
            if (freePlaces == 0) {
                waiting.add(pending);
                return pending.response();
            }
            freePlaces--;
        }
        send(pending);
        return pending.response();
    }

    private void send(PendingRequest pending) {
        client.sendAsync(pending.request(), BodyHandlers.ofByteArray()).whenComplete((response, failure) -> {
            sendNext();
            if (failure != null) {
                pending.response().completeExceptionally(failure);
                return;
            }
            try {
                pending.response().complete(json(response));
            } catch (RuntimeException unusable) {
                pending.response().completeExceptionally(unusable);
            }
        });
    }

    private void sendNext() {
        PendingRequest next;
        synchronized (waiting) {
            next = waiting.poll();
            if (next == null) {
                freePlaces++;
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
        Thread thread = new Thread(task, "baseline-api");
        thread.setDaemon(true);
        return thread;
    }
}
