package io.bangwo8stream.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.api.ApiException;
import io.bangwo8stream.api.ApiRejectedException;
import io.bangwo8stream.api.ApiRequest;
import io.bangwo8stream.api.ApiUnavailableException;
import io.bangwo8stream.record.LenientJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The counts of views 1 to 9, of which the API cannot count some. */
class TicketCountsTest {

    private static final List<String> VIEWS =
            IntStream.rangeClosed(1, 9).mapToObj(Integer::toString).toList();

    private final List<String> requests = new ArrayList<>();
    private final TicketCounts counts = new TicketCounts(VIEWS, true, "ticket-views");

    @Test
    void countsTheOtherViewsWhenTheRequestForAllFailsBecauseOfOne() {
        boolean refused = count(Set.of("5"), unavailable());

        assertThat(refused).as("the account may ask for many").isFalse();
        assertThat(counts.of("4").asInt()).isEqualTo(40);
        assertThat(counts.of("9").asInt()).isEqualTo(90);
        assertThatThrownBy(() -> counts.of("5")).hasMessageContaining("answered 500");
        assertThat(requests).hasSize(10);
    }

    @Test
    void takesSeveralFailuresInARowForAFailureOfTheApi() {
        count(Set.copyOf(VIEWS), unavailable());

        assertThat(requests).as("all at once, and two views").hasSize(3);
        assertThatThrownBy(() -> counts.of("9")).hasMessageContaining("answered 500");
    }

    @Test
    void asksNotForManyAgainAfterARefusal() {
        assertThat(count(Set.of("5"), new ApiRejectedException("403", "answered 403")))
                .isTrue();
        assertThat(counts.of("9").asInt()).isEqualTo(90);
    }

    @Test
    void asksNoMoreWhenTheLoginIsRefused() {
        boolean refused = count(Set.of("5"), new ApiRejectedException("401", "answered 401"));

        assertThat(refused).as("the account may ask for many").isFalse();
        assertThat(requests).hasSize(1);
        assertThatThrownBy(() -> counts.of("9")).hasMessageContaining("answered 401");
    }

    private static ApiException unavailable() {
        return new ApiUnavailableException("500", "answered 500", null);
    }

    /** Sends all requests; those that concern a bad view fail. Returns whether the account may not ask for many. */
    private boolean count(Set<String> bad, ApiException failure) {
        boolean manyRefused = false;
        while (counts.hasNext()) {
            ApiRequest request = counts.nextRequest();
            requests.add(request.toString());
            List<String> ids = request.query().containsKey("ids")
                    ? List.of(request.query().get("ids").split(","))
                    : List.of(request.path().replaceAll("\\D", ""));
            if (ids.stream().anyMatch(bad::contains)) {
                manyRefused |= counts.failed(failure);
            } else {
                counts.add(response(ids));
            }
        }
        return manyRefused;
    }

    private static ObjectNode response(List<String> ids) {
        ObjectNode response = LenientJson.object();
        for (String id : ids) {
            response.withArray("ticketview_counts")
                    .addObject()
                    .put("ticketview_id", id)
                    .put("count", id + "0");
        }
        return response;
    }
}
