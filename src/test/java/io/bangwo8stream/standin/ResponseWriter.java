package io.bangwo8stream.standin;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;

/** Sends one response, completely or as a fault requires. */
final class ResponseWriter {

    private static final int MEBIBYTE = 1 << 20;

    private final HttpExchange exchange;

    ResponseWriter(HttpExchange exchange) {
        this.exchange = exchange;
    }

    void send(StandInResponse response, Optional<Fault> fault) throws IOException {
        if (fault.isEmpty()) {
            sendCompletely(response);
            return;
        }
        switch (fault.get().kind()) {
            case NO_RESPONSE -> exchange.close();
            case CUT_BODY -> sendHalf(response);
            case HUGE_BODY -> sendHuge(response, fault.get().number());
            case SLOW_BODY -> sendSlowly(response, fault.get().number());
            default ->
                throw new IllegalStateException(
                        "not a transport fault: " + fault.get().kind());
        }
    }

    private OutputStream begin(StandInResponse response, long length) throws IOException {
        response.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(response.status(), length);
        return exchange.getResponseBody();
    }

    private void sendCompletely(StandInResponse response) throws IOException {
        // The JDK's server reads 0 as "length unknown" and -1 as "no body".
        OutputStream body = begin(response, response.body().length == 0 ? -1 : response.body().length);
        body.write(response.body());
    }

    private void sendHalf(StandInResponse response) throws IOException {
        OutputStream body = begin(response, Math.max(2, response.body().length));
        body.write(response.body(), 0, response.body().length / 2);
        body.flush();
    }

    /** Sends blanks before the body: valid JSON, which only a size limit of the client rejects. */
    private void sendHuge(StandInResponse response, long mebibytes) throws IOException {
        byte[] blanks = new byte[MEBIBYTE];
        Arrays.fill(blanks, (byte) ' ');
        OutputStream body = begin(response, 0);
        for (long i = 0; i < mebibytes; i++) {
            body.write(blanks);
        }
        body.write(response.body());
    }

    private void sendSlowly(StandInResponse response, long bytesPerSecond) throws IOException {
        OutputStream body = begin(response, response.body().length);
        int step = (int) Math.max(1, bytesPerSecond / 10);
        for (int from = 0; from < response.body().length; from += step) {
            body.write(response.body(), from, Math.min(step, response.body().length - from));
            body.flush();
            pause();
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the stand-in is closing", e);
        }
    }
}
