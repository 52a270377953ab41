package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bangwo8stream.process.JavaProcess;
import io.bangwo8stream.process.PackagedProduct;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Updates the product to a version that writes another format of states, and back. */
class RollingUpdateIT {

    private static final String LEADS = "leadership-changed .* leads=\\[remote-records]";
    private static final String STATE_FORMAT = """
            package io.bangwo8stream.kafka;
            public final class StateFormat {
                public static int newest() {
                    return 2;
                }
            }
            """;

    @TempDir
    private Path folder;

    private final TestTenant tenant = TestTenant.of(RollingUpdateIT.class);

    @AfterEach
    void closeTenant() {
        tenant.close();
    }

    @Test
    void anOlderVersionDoesNotLeadAnyMoreAndNothingIsLostOrPublishedTwice() throws Exception {
        Path newer = PackagedProduct.withClass(folder, "io.bangwo8stream.kafka.StateFormat", STATE_FORMAT);
        Product old = tenant.startPolling();
        old.awaitLine(0, LEADS);
        publish(1);
        Product updated = startNewer(newer);

        old.terminate();

        updated.awaitLine(0, LEADS);
        // What a version does that changes the format.
        TopicWriter.replace(tenant.topic("state"), "_meta", "{\"partitions\":64,\"format\":2}");
        publish(2);
        Product rolledBack = tenant.startPolling();
        rolledBack.awaitLine(0, "ERROR .*state-format-newer format=2 reads=1");

        updated.kill();
        tenant.desk().add(tenant.newRecord(3));

        await().atMost(Product.PATIENCE)
                .untilAsserted(() -> assertThat(
                                rolledBack.management("/q/health/ready").body())
                        .contains("\"DOWN\""));
        Product again = startNewer(newer);
        again.awaitLine(0, LEADS);
        await().atMost(Product.PATIENCE).until(() -> tenant.keys().size() == 3);
        assertThat(tenant.keys()).containsExactlyInAnyOrder("1", "2", "3");
        assertThat(rolledBack.isAlive()).isTrue();
        assertThat(rolledBack.output()).doesNotContainPattern(LEADS);
    }

    private Product startNewer(Path newer) {
        return tenant.startPolling(JavaProcess.ofJar(newer));
    }

    private void publish(long id) {
        tenant.desk().add(tenant.newRecord(id));
        await().atMost(Product.PATIENCE)
                .untilAsserted(() -> assertThat(tenant.keys()).hasSize((int) id));
    }
}
