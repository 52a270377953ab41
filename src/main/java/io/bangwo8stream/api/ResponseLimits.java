package io.bangwo8stream.api;

import io.bangwo8stream.config.Settings;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** Applies {@code bangwo8.max-response-size} and {@code bangwo8.request-timeout} to every response while it is read. */
final class ResponseLimits implements ExecChainHandler {

    private final Settings.Api settings;

    ResponseLimits(Settings.Api settings) {
        this.settings = settings;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        ClassicHttpResponse response = chain.proceed(request, scope);
        if (response.getEntity() != null && response.getEntity().getContent() != null) {
            InputStream body = new SizeLimitedInputStream(
                    response.getEntity().getContent(),
                    settings.maxResponseSize(),
                    settings.requestTimeout(),
                    scope.execRuntime::discardEndpoint);
            response.setEntity(new Bounded(response.getEntity(), body));
        }
        return response;
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
    }
}
