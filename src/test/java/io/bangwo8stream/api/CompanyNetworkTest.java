package io.bangwo8stream.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bangwo8stream.config.Settings;
import io.bangwo8stream.config.TestSettings;
import io.bangwo8stream.process.Tool;
import io.bangwo8stream.standin.ConnectProxy;
import io.bangwo8stream.standin.RawServer;
import io.bangwo8stream.standin.TestCertificate;
import io.bangwo8stream.standin.TlsSockets;
import io.bangwo8stream.text.SafeText;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests the HTTP client in networks with a proxy, a private CA, and client certificates. */
@Timeout(60)
class CompanyNetworkTest {

    private static final String PROXY_SECRET = "pr@xy:secret/4711";

    @TempDir
    static Path folder;

    private static TestCertificate certificate;
    private static TestCertificate clientCertificate;

    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeAll
    static void createCertificates() {
        certificate = TestCertificate.create(folder.resolve("server.p12"), "api");
        clientCertificate = TestCertificate.create(folder.resolve("client.p12"), "client");
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : open) {
            resource.close();
        }
    }

    @Test
    void reachesTheApiThroughAProxyWithALoginAndAPrivateCa() throws Exception {
        RawServer api = tls(false);
        ConnectProxy proxy = proxy();

        String response = get(
                api,
                "bangwo8.trust-store",
                certificate.pem(false).toString(),
                "bangwo8.proxy",
                "http://buero:pr%40xy%3Asecret%2F4711@127.0.0.1:" + proxy.port());

        assertThat(response).isEqualTo("{}");
        assertThat(api.requests())
                .singleElement()
                .satisfies(request -> assertThat(request)
                        .anyMatch(line -> line.startsWith("Authorization: Basic "))
                        .noneMatch(line -> line.startsWith("Proxy-Authorization")));
        assertThat(proxy.requests())
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request).noneMatch(line -> line.startsWith("Authorization")));
    }

    @Test
    void namesTheSettingOfTheProxyThatRefusesItsLogin() throws Exception {
        RawServer api = tls(false);
        ConnectProxy proxy = proxy();

        assertThatThrownBy(() -> get(api, "bangwo8.proxy", "http://buero:wrong-secret@127.0.0.1:" + proxy.port()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("bangwo8.proxy")
                .satisfies(failed -> assertThat(SafeText.named(failed)).doesNotContain("wrong-secret"));
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void readsATrustStoreAsPkcs12() throws Exception {
        Path store = folder.resolve("trusted.p12");
        Tool.ofJdk("keytool")
                .run(
                        "-importcert",
                        "-noprompt",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        TestCertificate.PASSWORD,
                        "-file",
                        certificate.pem(false).toString());

        assertThat(get(
                        tls(false),
                        "bangwo8.trust-store",
                        store.toString(),
                        "bangwo8.trust-store-password",
                        TestCertificate.PASSWORD))
                .isEqualTo("{}");
    }

    @Test
    void namesTheSettingForACertificateOfAPrivateCa() {
        assertThatThrownBy(() -> get(tls(false)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("bangwo8.trust-store");
    }

    @Test
    void identifiesItselfWithAClientCertificate() throws Exception {
        String trusted = certificate.pem(false).toString();

        assertThat(get(
                        tls(true),
                        "bangwo8.trust-store",
                        trusted,
                        "bangwo8.key-store",
                        clientCertificate.pkcs12().toString(),
                        "bangwo8.key-store-password",
                        TestCertificate.PASSWORD))
                .isEqualTo("{}");
        assertThat(get(
                        tls(true),
                        "bangwo8.trust-store",
                        trusted,
                        "bangwo8.key-store",
                        clientCertificate.pem(true).toString()))
                .isEqualTo("{}");
        assertThatThrownBy(() -> get(tls(true), "bangwo8.trust-store", trusted))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("bangwo8.key-store");
    }

    @Test
    void namesAnAddressWithoutTls() throws IOException {
        // Greets before it is asked, so that the client reads no TLS in the answer to its own.
        int port = portThat(client -> {
            client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            client.getInputStream().readAllBytes();
        });

        assertThatThrownBy(() -> get(port))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no TLS")
                .hasMessageContaining("bangwo8.base-url");
    }

    @Test
    void endsATlsHandshakeThatTakesTooLong() throws IOException {
        int port = portThat(client -> {
            // The beginning of a record of 16,384 bytes, which come one by one.
            client.getOutputStream().write(new byte[] {0x16, 3, 3, 0x40, 0});
            drip(client.getOutputStream());
        });

        assertThatThrownBy(() -> get(port, "bangwo8.request-timeout", "600ms"))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessageContaining("bangwo8.request-timeout");
    }

    @Test
    void endsATunnelThatTheProxyTakesTooLongToOpen() throws IOException {
        int proxy = portThat(client -> {
            client.getOutputStream().write("HTTP/1.1 200 ".getBytes(StandardCharsets.US_ASCII));
            drip(client.getOutputStream());
        });

        assertThatThrownBy(
                        () -> get(1, "bangwo8.request-timeout", "600ms", "bangwo8.proxy", "http://127.0.0.1:" + proxy))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessageContaining("bangwo8.request-timeout");
    }

    private interface Talk {
        void to(Socket client) throws IOException, InterruptedException;
    }

    /** A port that talks to its only client without TLS. */
    private int portThat(Talk talk) throws IOException {
        ServerSocket server = kept(new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1")));
        Thread talking = new Thread(() -> {
            try (Socket client = server.accept()) {
                talk.to(client);
            } catch (IOException | InterruptedException closed) {
                // the end of the test
            }
        });
        talking.setDaemon(true);
        talking.start();
        return server.getLocalPort();
    }

    private static void drip(OutputStream out) throws IOException, InterruptedException {
        while (true) {
            out.write('a');
            out.flush();
            // The pace of the server, not a wait of the test.
            Thread.sleep(50);
        }
    }

    private static void respond(List<String> request, OutputStream out) throws IOException {
        out.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private ConnectProxy proxy() {
        return kept(new ConnectProxy("buero:" + PROXY_SECRET));
    }

    private RawServer tls(boolean clientRequired) throws Exception {
        return kept(new RawServer(
                new TlsSockets(certificate, clientCertificate, clientRequired), CompanyNetworkTest::respond));
    }

    private <T extends AutoCloseable> T kept(T resource) {
        open.add(resource);
        return resource;
    }

    private static String get(RawServer api, String... keysAndValues) throws IOException {
        return get(api.port(), keysAndValues);
    }

    private static String get(int port, String... keysAndValues) throws IOException {
        List<String> all = new ArrayList<>(List.of(keysAndValues));
        all.addAll(List.of("bangwo8.base-url", "https://127.0.0.1:" + port));
        Settings settings = TestSettings.of(all.toArray(String[]::new));
        try (CloseableHttpClient client = ApiHttpClientTest.client(settings)) {
            return client.execute(
                    new HttpGet("https://127.0.0.1:" + port + "/api/v1/list.json"),
                    response -> EntityUtils.toString(response.getEntity()));
        }
    }
}
