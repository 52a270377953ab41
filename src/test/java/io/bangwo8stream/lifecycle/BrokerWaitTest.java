package io.bangwo8stream.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.kafka.BrokerUnavailableException;
import io.bangwo8stream.kafka.UnavailableBroker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BrokerWaitTest {

    private static final BrokerUnavailableException AWAY = UnavailableBroker.exception("no broker answers");

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger attempts = new AtomicInteger();
    private final BrokerWait wait = new BrokerWait(nanos::get, pause -> nanos.addAndGet(pause.toNanos()));

    @Test
    void returnsTheResultOnceTheBrokerAnswers() throws Exception {
        List<String> errors = wait.until(() -> {
            if (attempts.incrementAndGet() < 5) {
                throw AWAY;
            }
            return List.of("an error of a topic");
        });

        assertThat(errors).containsExactly("an error of a topic");
    }

    @Test
    void returnsTheReasonAfterFiveMinutes() throws Exception {
        List<String> errors = wait.until(() -> {
            attempts.incrementAndGet();
            throw AWAY;
        });

        assertThat(errors).containsExactly("no broker answers. No broker answered for 5 minutes");
        assertThat(Duration.ofNanos(nanos.get())).isBetween(Duration.ofMinutes(5), Duration.ofSeconds(310));
        assertThat(attempts.get()).isGreaterThan(100);
    }
}
