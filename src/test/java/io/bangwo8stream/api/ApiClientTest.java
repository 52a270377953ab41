package io.bangwo8stream.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bangwo8stream.cluster.Candidacy;
import java.net.ConnectException;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApiClientTest {

    private static final ApiRequest VIEWS = new ApiRequest("/ticketviews.json", "/ticketviews.json", Map.of());

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Candidacy candidacy = new Candidacy("login", 1);

    @AfterEach
    void stop() {
        context.stop();
    }

    private ApiClient client(Processor gateway) throws Exception {
        context.start();
        context.getEndpoint("direct:bangwo8-api").createConsumer(gateway).start();
        ApiClient api = new ApiClient();
        api.candidacy = candidacy;
        api.gateway = context.createProducerTemplate();
        api.gateway.setDefaultEndpointUri("direct:bangwo8-api");
        return api;
    }

    /** So often that another instance would rather lead, if these failures count against the API. */
    private static void assertOften(ThrowingCallable request, Consumer<AbstractThrowableAssert<?, ?>> expected) {
        for (int time = 0; time < 10; time++) {
            expected.accept(assertThatThrownBy(request));
        }
    }

    @Test
    void passesOnAnErrorOfTheProductWithoutBlamingTheApi() throws Exception {
        UnsatisfiedLinkError missing = new UnsatisfiedLinkError("no such library");
        // As a route does, which wraps an Error.
        ApiClient api = client(exchange -> exchange.setException(missing));
        candidacy.succeeded();

        assertOften(() -> api.get(VIEWS), failure -> failure.isSameAs(missing));

        assertThat(candidacy.isAnswered()).isTrue();
    }

    @Test
    void saysThatARequestCouldNotBeSent() throws Exception {
        ApiClient api = client(exchange -> exchange.setException(new ConnectException("Connection refused")));
        candidacy.succeeded();

        assertOften(
                () -> api.get(VIEWS),
                failure -> failure.isInstanceOf(ApiUnavailableException.class)
                        .hasMessage("GET /ticketviews.json could not be sent: Connection refused"));

        assertThat(candidacy.isAnswered()).isFalse();
    }
}
