package io.bangwo8stream.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.config.TestSettings;
import io.bangwo8stream.text.SafeText;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseParserTest {

    private static final ApiRequest LIST = new ApiRequest("/list.json", "/list.json", Map.of("page", "1"));
    private static final MeterRegistry METERS = new SimpleMeterRegistry();
    private static final ResponseParser PARSER =
            new ResponseParser(SafeText::line, new ResponseMemory(4 << 20), new ResponseRepairs(METERS));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'remoterecords': [], 'count': 0}",
                "{'status': '200', 'message': 'Successful', 'data': {}}",
                "{'status': 200, 'message': 'Successful'}",
                "{'status': '120001', 'message': 'no template bound'}",
                "{'status': 120002, 'message': 'not filled in yet'}",
                "{'errcode': '0', 'errmsg': 'ok', 'rows': []}",
                "{'errcode': 0, 'errmsg': 'ok'}",
                "{'errcode': null, 'errmsg': 'none'}",
                "{'status': {'a': 1}, 'message': 'a record, not an error'}",
                "{'ticket': 1, /* as the page prints it */ 'more': [1, 2,],}",
            })
    void returnsTheJsonOfASuccessfulResponse(String body) {
        assertThat(parse(200, body)).isEqualTo(QueuedResponses.json(body));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            404 | {}                                                       | true
            403 | {}                                                       | true
            200 | {'errcode': '100047', 'errmsg': 'Invalid resource URI'}  | true
            200 | {'errcode': 100048, 'errmsg': 'Ticket view not found'}   | true
            200 | {'status': '120100', 'message': '该查询器不存在'}         | true
            200 | {'errcode': '100999', 'errmsg': 'System busy'}           | false
            401 | {}                                                       | false
            400 | {}                                                       | false
            """)
    void distinguishesAnAbsentResourceFromOtherRefusals(int status, String body, boolean absent) {
        assertThat(rejected(status, body).isAbsent()).isEqualTo(absent);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | the request is wrong
            401 | bangwo8.account and bangwo8.password
            403 | administrator permission is needed
            404 | there is no such resource
            301 | redirects are not followed: bangwo8.base-url must name the API itself
            302 | redirects are not followed: bangwo8.base-url must name the API itself
            410 | the request was refused
            """)
    void treatsARefusalAsPointlessToRetryAndNamesTheRemedy(int status, String remedy) {
        ApiRejectedException refused = rejected(status, "{'errcode': '1', 'errmsg': 'never mind'}");

        assertThat(refused)
                .hasMessageStartingWith("GET /list.json?page=1 answered " + status + ": ")
                .hasMessageContaining(remedy);
        assertThat(refused.outcome()).isEqualTo(Integer.toString(status));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403})
    void namesTheSettingsOfTheClientWhenATokenIsRefused(int status) {
        assertThatThrownBy(() -> PARSER.parse(ApiRequest.TOKEN, ResponseHead.of(status), null))
                .isInstanceOf(ApiRejectedException.class)
                .hasMessage("POST /token.php answered " + status
                        + ": the client is refused: see bangwo8.client-id and bangwo8.client-secret");
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504, 599})
    void treatsATemporaryStatusAsRetryable(int status) {
        ApiUnavailableException failed = unavailable(status, "<html>");

        assertThat(failed).hasMessage("GET /list.json?page=1 answered " + status);
        assertThat(failed.outcome()).isEqualTo(Integer.toString(status));
        assertThat(failed.retryAfter()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void passesOnTheRetryAfterOfTheResponse(int status) {
        ApiUnavailableException failed = catchThrowableOfType(
                ApiUnavailableException.class,
                () -> PARSER.parse(
                        LIST, new ResponseHead(status, Optional.of(Duration.ofSeconds(7)), null, null), null));

        assertThat(failed.retryAfter()).contains(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {'errcode': '100047', 'errmsg': 'Invalid resource URI'}  | 100047: Invalid resource URI  | error
            {'errcode': 100047, 'errmsg': 'Invalid resource URI'}    | 100047: Invalid resource URI  | error
            {'status': '401', 'message': 'wrong password'}           | 401: wrong password           | 401
            {'errcode': 403, 'errmsg': 'Forbidden'}                  | 403: Forbidden                | 403
            {'status': 'error', 'message': 'no such field'}          | error: no such field          | error
            {'errcode': '100047', 'errmsg': null}                    | 100047:                       | error
            """)
    void treatsAnErrorWithStatus200AsPointlessToRetry(String body, String error, String outcome) {
        ApiRejectedException refused = rejected(200, body);

        assertThat(refused).hasMessageStartingWith("GET /list.json?page=1 answered " + error);
        assertThat(refused.outcome()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {'status': '401', 'message': 'no such account'}       | 401   | false
            {'status': 'error', 'message': 'no permission'}       | 403   | true
            {'errcode': '100012', 'errmsg': '无权限'}              | 403   | true
            {'errcode': '100012', 'errmsg': '您没有管理员权限'}     | 403   | true
            {'errcode': '100013', 'errmsg': '权限服务繁忙'}         | error | false
            {'errcode': '100011', 'errmsg': 'Ticket not found'}   | error | true
            {'errcode': '100999', 'errmsg': 'busy'}               | error | false
            """)
    void tellsWhatTheLoginMayNotSeeFromOtherErrors(String body, String outcome, boolean absent) {
        ApiRejectedException refused = rejected(200, body);

        assertThat(refused.outcome()).isEqualTo(outcome);
        assertThat(refused.isAbsent()).isEqualTo(absent);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {'errcode': '503', 'errmsg': 'maintenance'}  | 503
            {'status': 500, 'message': 'busy'}           | 500
            {'errcode': 429, 'errmsg': 'slow down'}      | 429
            """)
    void treatsATemporaryErrorWithStatus200AsRetryable(String body, String outcome) {
        assertThat(unavailable(200, body).outcome()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "<html>maintenance</html>",
                "{'rows': [{'id': 1}, {'id'",
                "[]",
                "'text'",
                "7",
                "null",
                "{} {}"
            })
    void treatsABodyThatIsNoCompleteJsonObjectAsRetryable(String body) {
        ApiUnavailableException failed = unavailable(200, body);

        assertThat(failed)
                .hasMessageStartingWith("GET /list.json?page=1 answered ")
                .hasMessageNotContaining("maintenance");
        assertThat(failed.outcome()).isEqualTo("unreadable");
    }

    @Test
    void treatsAResponseWithoutABodyAsRetryable() {
        assertThat(catchThrowableOfType(
                                ApiUnavailableException.class, () -> PARSER.parse(LIST, ResponseHead.of(200), null))
                        .outcome())
                .isEqualTo("unreadable");
    }

    @Test
    void treatsABrokenConnectionAsRetryable() {
        InputStream breaking = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("Connection reset");
            }
        };

        ApiUnavailableException failed = catchThrowableOfType(
                ApiUnavailableException.class, () -> PARSER.parse(LIST, ResponseHead.of(200), breaking));

        assertThat(failed).hasMessage("GET /list.json?page=1 was cut short: Connection reset");
        assertThat(failed.outcome()).isEqualTo("broken");
    }

    @Test
    void treatsATooLargeResponseAsPointlessToRetry() {
        InputStream body = new SizeLimitedInputStream(
                new ByteArrayInputStream(new byte[100]),
                10,
                new ExchangeDeadlines(TestSettings.of()).start(() -> {}, () -> {}),
                () -> {});

        ApiRejectedException refused =
                catchThrowableOfType(ApiRejectedException.class, () -> PARSER.parse(LIST, ResponseHead.of(200), body));

        assertThat(refused).hasMessage("GET /list.json?page=1 answered more than bangwo8.max-response-size allows");
        assertThat(refused.outcome()).isEqualTo("too-large");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 150, 190, 197, 200})
    void redactsAnEchoedLoginAtAnyPositionInTheMessage(int before) {
        String basic = new Credentials(TestSettings.of(), () -> Duration.ZERO)
                .authorization(false)
                .replace("Basic ", "");
        for (String secret : new String[] {basic, TestSettings.PASSWORD, TestSettings.ACCOUNT}) {
            ApiRejectedException refused =
                    rejected(200, "{'errcode': '1', 'errmsg': '" + ".".repeat(before) + secret + " is wrong'}");

            assertThat(refused).hasMessageNotContaining(secret.substring(0, 4));
        }
    }

    @Test
    void shortensTheErrorTextOfTheApi() {
        assertThat(rejected(200, "{'errcode': '" + "9".repeat(5000) + "', 'errmsg': '" + "x".repeat(5000) + "'}")
                        .getMessage())
                .hasSizeLessThan(300)
                .endsWith("…");
    }

    @Test
    void readsAResponseThatAProxyHasChanged() {
        assertThat(parse(203, "{'rows': [1]}")).isEqualTo(QueuedResponses.json("{'rows': [1]}"));
    }

    @Test
    void hasNoDocumentWhereTheApiHasNoContentOrNoSuchPage() {
        ApiRequest third = LIST.page(3, 10);

        assertThat(parse(204, "").isMissingNode()).isTrue();
        assertThat(PARSER.parse(third, ResponseHead.of(204), null).isMissingNode())
                .isTrue();
        assertThat(PARSER.parse(third, ResponseHead.of(404), null).isMissingNode())
                .isTrue();
        assertThat(rejected(404, "").outcome()).isEqualTo("404");
    }

    @Test
    void asksAgainForWhatIsNotReadyYet() {
        assertThat(unavailable(202, "").outcome()).isEqualTo("202");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ~~                                                     | an empty body: PHP sends that when its json_encode fails
            <html><head><title> 502 \t Bad Gateway</title></head>  | an HTML page with the title "502 Bad Gateway"
            <!DOCTYPE html><p>secret</p>                           | an HTML page
            <br /><b>Fatal error</b>: Allowed memory of 1 exhausted | a message of PHP and no JSON: "Fatal error : Allowed memory of 1 exhausted"
            service unavailable                                    | a text and no JSON, which starts with "service unavailable"
            {'rows': [{'id': 1}, {'id'                             | The JSON document is truncated, line 1
            """)
    void saysWhatABodyIsThatIsNoJson(String body, String description) {
        assertThat(unavailable(200, body))
                .hasMessageStartingWith("GET /list.json?page=1 answered 200, but: " + description)
                .hasMessageNotContaining("secret");
    }

    @Test
    void namesTheCompressionOfABody() {
        byte[] gzip = {0x1F, (byte) 0x8B, 8, 0, 0};

        assertThat(failure(ResponseHead.of(200), gzip)).hasMessageContaining("a body compressed with gzip");
        assertThat(failure(new ResponseHead(200, Optional.empty(), "application/json", "br"), new byte[] {7, 8}))
                .hasMessageContaining("a body compressed with brotli");
    }

    @Test
    void readsADocumentInTheCharsetOfTheHeader() {
        String text = "{\"companyName\":\"中文公司\"}";
        for (String charset : new String[] {"GBK", "\"gb18030\"", "utf-16"}) {
            byte[] body = text.getBytes(Charset.forName(charset.replace("\"", "")));
            ResponseHead head = new ResponseHead(200, Optional.empty(), "application/json; charset=" + charset, null);

            assertThat(PARSER.parse(LIST, head, new ByteArrayInputStream(body))
                            .path("companyName")
                            .asText())
                    .isEqualTo("中文公司");
        }
    }

    @Test
    void trustsUtf8RatherThanTheCharsetOfTheHeader() {
        byte[] body = "{\"a\":\"中文\"}".getBytes(StandardCharsets.UTF_8);
        ResponseHead head = new ResponseHead(200, Optional.empty(), "text/html; charset=ISO-8859-1", null);

        assertThat(PARSER.parse(LIST, head, new ByteArrayInputStream(body))
                        .path("a")
                        .asText())
                .isEqualTo("中文");
    }

    @Test
    void refusesTextThatLooksLikeGbkAndStatesNoCharset() {
        assertThat(failure(ResponseHead.of(200), "{\"a\":\"中文公司\"}".getBytes(Charset.forName("GBK"))))
                .hasMessageContaining("a text that looks like GBK");
    }

    @Test
    void replacesAndCountsMalformedUtf8() {
        byte[] body = "{\"a\":\"中文?\",\"b\":1}".getBytes(StandardCharsets.UTF_8);
        // A text that was cut inside a character.
        body[12] = (byte) 0xE4;

        assertThat(PARSER.parse(LIST, ResponseHead.of(200), new ByteArrayInputStream(body)))
                .hasToString("{\"a\":\"中文\uFFFD\",\"b\":1}");
        assertThat(repairs("malformed-utf-8")).isPositive();
    }

    @Test
    void readsTheDocumentAfterAMessageOfPhp() {
        String message = "\n<br />\n<b>Deprecated</b>:  Creation of {$x} in <b>/a/b.php</b> on line <b>3</b><br />\n";

        assertThat(parse(200, message + "{'rows': [1], 'count': 1}"))
                .isEqualTo(QueuedResponses.json("{'rows': [1], 'count': 1}"));
        assertThat(repairs("php-message")).isPositive();
    }

    @Test
    void refusesAResponseWithMoreValuesThanFitIntoItsMemory() {
        ApiRejectedException refused = rejected(200, "[" + "{},".repeat(100_000) + "1]");

        assertThat(refused.outcome()).isEqualTo("too-many-values");
        assertThat(refused).hasMessageContaining("answered more than 13981 values");
    }

    @Test
    void refusesAResponseThatIsLargerThanItsMemory() {
        ApiRejectedException refused = rejected(200, "{'a': '" + "x".repeat(2 << 20) + "'}");

        assertThat(refused.outcome()).isEqualTo("too-large");
        assertThat(refused).hasMessageContaining("answered more than 1048576 bytes");
    }

    private static double repairs(String reason) {
        return METERS.counter("bangwo8.responses.repaired", "endpoint", "/list.json", "reason", reason)
                .count();
    }

    private static ApiUnavailableException failure(ResponseHead head, byte[] body) {
        return catchThrowableOfType(
                ApiUnavailableException.class, () -> PARSER.parse(LIST, head, new ByteArrayInputStream(body)));
    }

    @Test
    void closesTheBodyForEveryStatus() {
        for (int status : new int[] {200, 403, 500}) {
            boolean[] closed = new boolean[1];
            InputStream body = new ByteArrayInputStream("<".getBytes(StandardCharsets.UTF_8)) {
                @Override
                public void close() {
                    closed[0] = true;
                }
            };
            catchThrowableOfType(ApiException.class, () -> PARSER.parse(LIST, ResponseHead.of(status), body));

            assertThat(closed[0]).as("closed after %d", status).isTrue();
        }
    }

    private static ApiRejectedException rejected(int status, String body) {
        return catchThrowableOfType(ApiRejectedException.class, () -> parse(status, body));
    }

    private static ApiUnavailableException unavailable(int status, String body) {
        return catchThrowableOfType(ApiUnavailableException.class, () -> parse(status, body));
    }

    private static JsonNode parse(int status, String body) {
        return PARSER.parse(
                LIST,
                ResponseHead.of(status),
                new ByteArrayInputStream(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }
}
