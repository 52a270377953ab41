package io.bangwo8stream.api;

import io.bangwo8stream.config.Settings;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Takes the place of the route {@code bangwo8-api} in the process of a command, which starts no route: one request at a
 * time and at most one a second, beside a leader that may use the whole rate of the account.
 */
@Singleton
public class SlowGateway {

    private static final long SPACING = TimeUnit.SECONDS.toNanos(1);

    private final CamelContext context;
    private final Settings settings;
    private final TokenFetcher tokens;
    private final ApiRequestProcessor requests;
    private final ApiResponseProcessor responses;
    private Producer http;
    private long next = System.nanoTime();

    SlowGateway(
            CamelContext context,
            Settings settings,
            TokenFetcher tokens,
            ApiRequestProcessor requests,
            ApiResponseProcessor responses) {
        this.context = context;
        this.settings = settings;
        this.tokens = tokens;
        this.requests = requests;
        this.responses = responses;
    }

    /** From now on {@link ApiClient} sends its requests through this object. */
    public void open() throws Exception {
        context.start();
        http = context.getEndpoint(settings.api().baseUrl()
                        + "?httpClientConfigurer=#apiHttpClient&throwExceptionOnFailure=false&disableStreamCache=true")
                .createProducer();
        Endpoint gateway = context.getEndpoint("direct:bangwo8-api");
        ServiceHelper.startService(http, gateway, gateway.createConsumer(this::send));
    }

    private void send(Exchange exchange) throws Exception {
        tokens.ensure(exchange.getMessage().getBody(ApiRequest.class));
        sendInTurn(exchange);
    }

    private synchronized void sendInTurn(Exchange exchange) throws Exception {
        long wait = next - System.nanoTime();
        if (wait > 0) {
            TimeUnit.NANOSECONDS.sleep(wait);
        }
        try {
            requests.process(exchange);
            http.process(exchange);
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
            responses.process(exchange);
        } finally {
            next = System.nanoTime() + SPACING;
        }
    }
}
