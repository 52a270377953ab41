package io.bangwo8stream.api;

import io.bangwo8stream.api.ExchangeDeadlines.Deadline;
import io.bangwo8stream.config.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * Applies {@code bangwo8.max-in-flight}, {@code bangwo8.request-timeout} and {@code bangwo8.max-response-size} to every
 * exchange, from its connection to the last byte of its response.
 */
final class ResponseLimits implements ExecChainHandler {

    /** Attribute of an exchange whose request was sent to the API, and not only a CONNECT to a proxy. */
    static final String SENT = "bangwo8.sent";

    private final Settings.Api settings;
    private final ExchangeDeadlines deadlines;
    private final Semaphore inFlight;

    ResponseLimits(Settings.Api settings, ExchangeDeadlines deadlines) {
        this.settings = settings;
        this.deadlines = deadlines;
        this.inFlight = new Semaphore(settings.maxInFlight(), true);
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        // Waits here and not for a connection of the pool: the deadline is the API's, not that of other requests.
        acquire();
        Deadline deadline = deadlines.start(() -> abort(scope), inFlight::release);
        boolean reading = false;
        try {
            scope.clientContext.removeAttribute(SENT);
            ClassicHttpResponse response = chain.proceed(request, scope);
            if (scope.clientContext.getAttribute(SENT) == null) {
                // The HTTP client returns it like a response of the API, whose refusals mean something else.
                throw new IOException("the proxy answered " + response.getCode()
                        + ", and opens no connection to the API: see the login and the address in bangwo8.proxy");
            }
            if (response.getEntity() != null && response.getEntity().getContent() != null) {
                InputStream body = new SizeLimitedInputStream(
                        response.getEntity().getContent(),
                        settings.maxResponseSize(),
                        deadline,
                        scope.execRuntime::discardEndpoint);
                response.setEntity(new Bounded(response.getEntity(), body));
                reading = true;
            }
            return response;
        } catch (IOException failed) {
            throw explained(deadline.reason(failed));
        } catch (HttpException failed) {
            throw explained(deadline.reason(new IOException(failed.getMessage(), failed)));
        } finally {
            if (!reading) {
                deadline.end();
            }
        }
    }

    private IOException explained(IOException failed) {
        return ConnectionErrors.explained(failed, settings.baseUrl().getScheme().equals("https"));
    }

    private void acquire() throws InterruptedIOException {
        try {
            inFlight.acquire();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for bangwo8.max-in-flight");
        }
    }

    private static void abort(ExecChain.Scope scope) {
        if (scope.originalRequest instanceof Cancellable request) {
            request.cancel();
        }
        scope.execRuntime.discardEndpoint();
    }

    private static final class Bounded extends HttpEntityWrapper {

        private final InputStream body;

        Bounded(HttpEntity entity, InputStream body) {
            super(entity);
            this.body = body;
        }

        @Override
        public InputStream getContent() {
            return body;
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }
}
