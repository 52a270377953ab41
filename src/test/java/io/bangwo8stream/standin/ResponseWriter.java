package io.bangwo8stream.standin;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;

/** Sends one answer, whole or the way a fault wants it. */
final class ResponseWriter {

    private static final int MEBIBYTE = 1 << 20;

    private final HttpExchange exchange;

    ResponseWriter(HttpExchange exchange) {
        this.exchange = exchange;
    }

    void send(Answer answer, Optional<Fault> fault) throws IOException {
        if (fault.isEmpty()) {
            whole(answer);
            return;
        }
        switch (fault.get().kind()) {
            case NO_ANSWER -> exchange.close();
            case CUT_BODY -> cut(answer);
            case HUGE_BODY -> huge(answer, fault.get().number());
            case SLOW_DRIP -> drip(answer, fault.get().number());
            default ->
                throw new IllegalStateException(
                        "not a fault of the wire: " + fault.get().kind());
        }
    }

    private OutputStream begin(Answer answer, long length) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(answer.status(), length);
        return exchange.getResponseBody();
    }

    private void whole(Answer answer) throws IOException {
        // The JDK's server reads 0 as "length unknown" and -1 as "no body".
        OutputStream body = begin(answer, answer.body().length == 0 ? -1 : answer.body().length);
        body.write(answer.body());
    }

    private void cut(Answer answer) throws IOException {
        OutputStream body = begin(answer, Math.max(2, answer.body().length));
        body.write(answer.body(), 0, answer.body().length / 2);
        body.flush();
    }

    /** Starts as a list would and goes on with blanks, so that only a size limit ends it early. */
    private void huge(Answer answer, long mebibytes) throws IOException {
        byte[] blanks = new byte[MEBIBYTE];
        Arrays.fill(blanks, (byte) ' ');
        OutputStream body = begin(answer, 0);
        for (long i = 0; i < mebibytes; i++) {
            body.write(blanks);
        }
        body.write(answer.body());
    }

    private void drip(Answer answer, long bytesPerSecond) throws IOException {
        OutputStream body = begin(answer, answer.body().length);
        int step = (int) Math.max(1, bytesPerSecond / 10);
        for (int from = 0; from < answer.body().length; from += step) {
            body.write(answer.body(), from, Math.min(step, answer.body().length - from));
            body.flush();
            rest();
        }
    }

    private static void rest() throws IOException {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the stand-in is closing", e);
        }
    }
}
