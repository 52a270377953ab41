package io.bangwo8stream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** KafkaRightsIT tests which rights are missing, on a broker with authorisation. */
@ExtendWith(SharedBroker.class)
@Timeout(120)
class RightsCheckTest {

    private final TestBroker broker = TestBroker.withoutTopics();

    /** Asked for a group without saying of which kind, the client tries one kind, pauses, and tries the other one. */
    @Test
    void repeatsNoRequest() throws Exception {
        try (Admin admin = broker.clients("retry.backoff.ms", "40000", "retry.backoff.max.ms", "40000")
                .admin()) {
            // The first question to a new broker creates its internal topics, and is repeated in any case.
            try (Admin first = broker.clients().admin()) {
                new RightsCheck(first, Duration.ofSeconds(60)).missing(broker.tenant);
            }
            RightsCheck rights = new RightsCheck(admin, Duration.ofSeconds(60));

            assertThat(assertTimeout(Duration.ofSeconds(30), () -> rights.missing(broker.tenant)))
                    .isEmpty();
        }
    }
}
