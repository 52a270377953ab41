package io.bangwo8stream.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.api.ApiClient;
import io.bangwo8stream.api.ApiRequest;
import io.bangwo8stream.api.ApiUnavailableException;
import io.bangwo8stream.record.LenientJson;
import io.opentelemetry.api.trace.Span;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadAheadTest {

    private static final ApiRequest LIST = new ApiRequest("/list.json", "/list.json", Map.of());

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<JsonNode> responses = new LinkedBlockingQueue<>();
    private final ApiClient api = new ApiClient() {
        @Override
        public JsonNode get(ApiRequest request) {
            received.add(request.query().get("page"));
            try {
                JsonNode response = responses.take();
                if (response.has("error")) {
                    throw new ApiUnavailableException(
                            "500", response.path("error").asText(), null);
                }
                return response;
            } catch (InterruptedException unexpected) {
                throw new IllegalStateException(unexpected);
            }
        }
    };
    private final ReadAhead ahead = new ReadAhead(api, Span::getInvalid);

    @Test
    void requestsPagesBeforeTheyAreNeededAndEachOnce() throws Exception {
        ahead.start(page(2));
        ahead.start(page(2));
        ahead.start(page(3));

        assertThat(List.of(receivedPage(), receivedPage())).containsExactlyInAnyOrder("2", "3");
        respond("row", "first");
        respond("row", "second");
        assertThat(List.of(row(2), row(3))).containsExactlyInAnyOrder("first", "second");
        assertThat(received).isEmpty();
    }

    @Test
    void requestsAPageAgainThatWasForgotten() throws Exception {
        ahead.start(page(2));
        receivedPage();
        ahead.forget();
        respond("row", "out of date");
        respond("row", "present");

        row(2);

        assertThat(received).containsExactly("2");
    }

    @Test
    void failsAsTheRequestDid() throws Exception {
        ahead.start(page(2));
        respond("error", "the API answered 500");

        assertThatThrownBy(() -> row(2))
                .isInstanceOf(ApiUnavailableException.class)
                .hasMessage("the API answered 500");
    }

    private static ApiRequest page(int number) {
        return LIST.page(number, 100);
    }

    private String receivedPage() throws InterruptedException {
        return received.poll(30, TimeUnit.SECONDS);
    }

    private void respond(String member, String text) {
        responses.add(LenientJson.object().put(member, text));
    }

    private String row(int number) {
        return ahead.response(ahead.take(page(number))).path("row").asText();
    }
}
