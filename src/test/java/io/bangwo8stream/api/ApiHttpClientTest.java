package io.bangwo8stream.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bangwo8stream.config.Settings;
import io.bangwo8stream.config.TestSettings;
import io.bangwo8stream.standin.RawServer;
import io.bangwo8stream.standin.RawServer.Script;
import io.bangwo8stream.text.SafeText;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the limits of the HTTP client with servers that respond with anything. */
@Timeout(60)
class ApiHttpClientTest {

    private static final String HEAD = "HTTP/1.1 200 OK\r\n";
    private static final String CHUNKED = HEAD + "Transfer-Encoding: chunked\r\n\r\n";

    /** Names and servers that never end a response, at one byte now and then. */
    static List<Map.Entry<String, Script>> slow() {
        return List.of(
                Map.entry("nothing at all", (lines, out) -> repeat(out, "")),
                Map.entry("one header", (lines, out) -> {
                    out.write(bytes(HEAD + "X-Slow: "));
                    repeat(out, "a");
                }),
                Map.entry("interim responses", (lines, out) -> repeat(out, "HTTP/1.1 102 Processing\r\n\r\n")),
                Map.entry("a body with a length", (lines, out) -> {
                    out.write(bytes(HEAD + "Content-Length: 1000000\r\n\r\n"));
                    repeat(out, " ");
                }),
                Map.entry("a chunk", (lines, out) -> {
                    out.write(bytes(CHUNKED + "fffff\r\n"));
                    repeat(out, " ");
                }),
                Map.entry("a trailer", (lines, out) -> {
                    out.write(bytes(CHUNKED + "2\r\n{}\r\n0\r\nX-Slow: "));
                    repeat(out, "a");
                }));
    }

    @ParameterizedTest
    @MethodSource("slow")
    void endsEveryPhaseOfAResponseAfterTheTimeout(Map.Entry<String, Script> slow) throws IOException {
        try (RawServer server = new RawServer(slow.getValue());
                CloseableHttpClient client = client(server, "bangwo8.request-timeout", "600ms")) {
            assertThatThrownBy(() -> get(client, server))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessageContaining("bangwo8.request-timeout");
        }
    }

    @Test
    void sendsTheNextRequestAfterOneThatTookTooLong() throws IOException {
        try (RawServer server = new RawServer((lines, out) -> {
                    if (lines.get(0).contains("slow")) {
                        repeat(out, "HTTP/1.1 102 Processing\r\n\r\n");
                    }
                    out.write(bytes(HEAD + "Connection: close\r\nContent-Length: 2\r\n\r\n{}"));
                });
                CloseableHttpClient client =
                        client(server, "bangwo8.request-timeout", "600ms", "bangwo8.max-in-flight", "1")) {
            assertThatThrownBy(() -> get(client, server, "/slow")).isInstanceOf(SocketTimeoutException.class);
            assertThat(get(client, server)).isEqualTo("{}");
            assertThat(get(client, server)).isEqualTo("{}");
        }
    }

    /** Names and servers that send without a pause and without an end. */
    static List<Map.Entry<String, Script>> endless() {
        return List.of(
                Map.entry("a header", endless(HEAD + "X-Long: ", "a")),
                Map.entry("headers", endless(HEAD, "X-More: a\r\n")),
                Map.entry("a chunk's extension", endless(CHUNKED + "2;", "a")),
                Map.entry("a trailer", endless(CHUNKED + "2\r\n{}\r\n0\r\nX-Long: ", "a")),
                Map.entry("trailers", endless(CHUNKED + "2\r\n{}\r\n0\r\n", "X-More: a\r\n")),
                Map.entry("a status line", endless("HTTP/1.1 200 ", "a")),
                Map.entry("interim responses", endless("", "HTTP/1.1 103 Early Hints\r\n\r\n")),
                Map.entry("continuations", endless("", "HTTP/1.1 100 Continue\r\n\r\n")),
                Map.entry("lines that are no status", endless("", "a\r\n")),
                Map.entry("empty lines", endless("", "\r\n")));
    }

    @ParameterizedTest
    @MethodSource("endless")
    void refusesHeadersWithoutAnEndBeforeTheTimeout(Map.Entry<String, Script> endless) throws IOException {
        try (RawServer server = new RawServer(endless.getValue());
                CloseableHttpClient client = client(server, "bangwo8.request-timeout", "1h")) {
            assertThatThrownBy(() -> get(client, server)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void readsAResponseAfterInterimOnes() throws IOException {
        String interim = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n";
        try (RawServer server = new RawServer(
                        (lines, out) -> out.write(bytes(interim + HEAD + "Content-Length: 2\r\n\r\n{}")));
                CloseableHttpClient client = client(server, "bangwo8.request-timeout", "10s")) {
            assertThat(get(client, server)).isEqualTo("{}");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nX-Broken: a\r\n%s\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: %s\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%s\r\n",
                "%s\r\n\r\n"
            })
    void keepsAnEchoedLoginOutOfTheErrorText(String response) throws IOException {
        try (RawServer server = new RawServer((lines, out) -> out.write(bytes(response.formatted(lines.stream()
                        .filter(line -> line.startsWith("Authorization"))
                        .findFirst()
                        .orElseThrow()
                        .substring("Authorization: ".length())))));
                CloseableHttpClient client = client(server, "bangwo8.request-timeout", "5s")) {
            assertThatThrownBy(() -> get(client, server))
                    .satisfies(failed -> assertThat(SafeText.named(failed))
                            .doesNotContain(new Credentials(TestSettings.of(), () -> Duration.ZERO)
                                    .authorization(false)
                                    .substring(6, 16)));
        }
    }

    private static Script endless(String beginning, String repeated) {
        return (lines, out) -> {
            out.write(bytes(beginning));
            byte[] block = bytes(repeated.repeat(10_000));
            while (true) {
                out.write(block);
            }
        };
    }

    private static void repeat(OutputStream out, String part) throws IOException, InterruptedException {
        while (true) {
            out.write(bytes(part));
            out.flush();
            // The pace of the server, not a wait of the test.
            Thread.sleep(50);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static CloseableHttpClient client(RawServer server, String... settings) {
        String[] all = Arrays.copyOf(settings, settings.length + 2);
        all[settings.length] = "bangwo8.base-url";
        all[settings.length + 1] = "http://127.0.0.1:" + server.port();
        return client(TestSettings.of(all));
    }

    /** The client of the API gateway route. */
    static CloseableHttpClient client(Settings settings) {
        HttpClientBuilder builder = HttpClientBuilder.create();
        new ApiHttpClient(
                        settings,
                        new Credentials(settings, () -> Duration.ZERO),
                        new ExchangeDeadlines(settings),
                        new SimpleMeterRegistry())
                .configureHttpClient(builder);
        return builder.build();
    }

    private static String get(CloseableHttpClient client, RawServer server) throws IOException {
        return get(client, server, "/api/v1/list.json");
    }

    private static String get(CloseableHttpClient client, RawServer server, String path) throws IOException {
        return client.execute(
                new HttpGet("http://127.0.0.1:" + server.port() + path),
                response -> EntityUtils.toString(response.getEntity()));
    }
}
