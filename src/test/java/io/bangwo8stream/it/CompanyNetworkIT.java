package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.standin.ConnectProxy;
import io.bangwo8stream.standin.TestCertificate;
import io.bangwo8stream.standin.TlsFront;
import io.bangwo8stream.standin.TlsSockets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the packaged product in a network with a proxy, a private CA, and a check of clients' certificates. */
class CompanyNetworkIT {

    private static final String PROXY_SECRET = "pr@xy:secret/4711";

    @TempDir
    private Path folder;

    @Test
    void publishesThroughAProxyFromAnApiWithAPrivateCaThatChecksClients() throws Exception {
        TestCertificate server = TestCertificate.create(folder.resolve("server.p12"), "api");
        TestCertificate client = TestCertificate.create(folder.resolve("client.p12"), "client");
        try (TestTenant tenant = TestTenant.of(CompanyNetworkIT.class);
                ConnectProxy proxy = new ConnectProxy("buero:" + PROXY_SECRET);
                TlsFront api = new TlsFront(
                        new TlsSockets(server, client, true), tenant.standIn().baseUri())) {
            tenant.desk().add(tenant.oldRecord(1));
            tenant.with("bangwo8.base-url", "https://127.0.0.1:" + api.port())
                    .with("bangwo8.proxy", "http://buero:pr%40xy%3Asecret%2F4711@127.0.0.1:" + proxy.port());
            Product refused = tenant.runOnce();
            assertThat(refused.awaitExit()).isOne();
            assertThat(refused.output()).contains("bangwo8.trust-store");

            Product product = tenant.with(
                            "bangwo8.trust-store", server.pem(false).toString())
                    .with("bangwo8.key-store", client.pkcs12().toString())
                    .with("bangwo8.key-store-password", TestCertificate.PASSWORD)
                    .runOnce();

            assertThat(product.awaitExit()).as(product.output()).isZero();
            assertThat(tenant.keys()).containsExactly("1");
            assertThat(proxy.requests()).isNotEmpty();
            assertThat(refused.output() + product.output())
                    .doesNotContain(PROXY_SECRET)
                    .doesNotContain("pr%40xy")
                    .doesNotContain(TestCertificate.PASSWORD);
        }
    }
}
