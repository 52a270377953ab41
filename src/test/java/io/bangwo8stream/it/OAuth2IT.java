package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bangwo8stream.standin.Fault;
import io.bangwo8stream.standin.Fault.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests authentication with OAuth2 client credentials, without an account and a password. */
class OAuth2IT {

    private static final String SECRET = "client-secret+4711&so=on";
    private static final String BASIC = basic(SECRET);
    private static final String WRONG = "wrong-secret+0815";
    private static final String NO_CLIENT = "{\"error\":\"invalid_client\",\"error_description\":\"%s\"}";

    private TestTenant tenant;

    @BeforeEach
    void allowOnlyTheClient() {
        tenant = TestTenant.of(OAuth2IT.class)
                .without("bangwo8.account")
                .without("bangwo8.password")
                .with("bangwo8.auth", "oauth2")
                .with("bangwo8.client-id", "client")
                .with("bangwo8.client-secret", SECRET)
                .with("quarkus.log.category.\"io.bangwo8stream\".level", "DEBUG");
        tenant.standIn().accessControl().removeAll();
        tenant.standIn().accessControl().addClient("client", SECRET);
    }

    @AfterEach
    void closeTenant() {
        tenant.close();
    }

    @Test
    void fetchesOneTokenForManyRequests() {
        for (int id = 1; id <= 20; id++) {
            tenant.desk().add(tenant.oldRecord(id));
        }
        Product product = tenant.runOnce();

        assertThat(product.awaitExit()).as(product.output()).isZero();
        assertThat(tenant.keys()).hasSize(20);
        assertThat(tenant.requests().counts())
                .isEqualTo(Map.of("token", 1, "histories", TestTenant.WINDOWS_OF_FIRST_SWEEP, "servicesummary", 20));
        assertThat(tenant.requests().entries("token").get(0)).satisfies(token -> {
            assertThat(token.method()).isEqualTo("POST");
            assertThat(token.target()).isEqualTo("/api/token.php");
        });
        assertThat(product.output())
                .doesNotContain(SECRET)
                .doesNotContain(BASIC)
                .doesNotContain("demo-token-");
    }

    @Test
    void renewsATokenBeforeExpiry() {
        tenant.standIn().accessControl().setTokenLifetime(2);
        Product product = tenant.startPolling();
        await().atMost(Product.PATIENCE).until(() -> tenant.requests().count("token") >= 3);

        // The stand-in still accepts the old token, so a refusal cannot be the reason for the renewal.
        assertThat(product.output()).doesNotContain("answered 401").doesNotContain("scan-incomplete");
    }

    @Test
    void renewsARevokedTokenAndRetriesTheRequest() {
        Product product = tenant.startPolling();
        product.awaitLine(0, " scanned .*complete=true");
        tenant.standIn().accessControl().expireTokens();
        tenant.desk().add(tenant.newRecord(1));
        await().atMost(Product.PATIENCE)
                .untilAsserted(() -> assertThat(tenant.keys()).containsExactly("1"));

        assertThat(tenant.requests().count("token")).isEqualTo(2);
        assertThat(product.management("/q/metrics").body())
                .containsPattern("bangwo8_requests_total\\{[^}]*outcome=\"401\"[^}]*} [1-9]");
        assertThat(product.output())
                .as("the refused request was retried")
                .doesNotContain("scan-incomplete")
                .doesNotContain(SECRET)
                .doesNotContain(BASIC)
                .doesNotContain("demo-token-");
    }

    /** The vendor does not document the status for a refused client, nor whether the message echoes the secret. */
    static Fault[] refusals() {
        return new Fault[] {
            Fault.status(401),
            Fault.status(400),
            Fault.of(Kind.BODY, NO_CLIENT.formatted(WRONG + " or " + basic(WRONG))),
            Fault.of(Kind.ERRCODE, 100001, "no client has " + WRONG + " or " + basic(WRONG))
        };
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void endsTheScanAtOnceWhenTheSecretIsWrong(Fault refusal) {
        tenant.desk().add(tenant.oldRecord(1));
        tenant.addFault(refusal.on("token")).with("bangwo8.client-secret", WRONG);
        Product product = tenant.runOnce();

        assertThat(product.awaitExit()).isNotZero();
        assertThat(product.output())
                .containsPattern("scan-incomplete .*cause=POST /token\\.php answered "
                        + ".*bangwo8\\.client-id and bangwo8\\.client-secret");
        assertThat(tenant.requests().counts()).isEqualTo(Map.of("token", 1));
        assertThat(product.output()).doesNotContain(WRONG).doesNotContain(basic(WRONG));
    }

    private static String basic(String secret) {
        return Base64.getEncoder().encodeToString(("client:" + secret).getBytes(StandardCharsets.UTF_8));
    }
}
