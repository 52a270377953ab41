package io.bangwo8stream.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiRequestTest {

    @Test
    void encodesQueryParametersInInsertionOrder() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("ids", "15,2");
        query.put("a b", "网络&x=1+1");

        assertThat(new ApiRequest("/v.json", "/v.json", query).encodedQuery())
                .isEqualTo("ids=15,2&a%20b=%E7%BD%91%E7%BB%9C%26x%3D1%2B1");
    }

    @Test
    void addsPageNumberAndPageSizeToTheQuery() {
        ApiRequest list = new ApiRequest("/list.json", "/list.json", Map.of("starttime", "2026-01-01"));

        assertThat(list.page(3, 100)).hasToString("GET /list.json?starttime=2026-01-01&page=3&per_page=100");
        assertThat(list.page(3, 100).page(4, 50)).hasToString("GET /list.json?starttime=2026-01-01&page=4&per_page=50");
        assertThat(list).hasToString("GET /list.json?starttime=2026-01-01");
    }

    @ParameterizedTest
    @CsvSource({
        "221,      /chat/221.json",
        "a/b,      /chat/a%2Fb.json",
        "a?b#c,    /chat/a%3Fb%23c.json",
        "a b,      /chat/a%20b.json",
        "%2e,      /chat/%252e.json",
        "网,       /chat/%E7%BD%91.json",
    })
    void encodesAnIdAsOneSegmentOfThePath(String id, String path) {
        ApiRequest request = ApiRequest.of("/chat/{id}.json", id, Map.of());

        assertThat(request.path()).isEqualTo(path);
        assertThat(request.endpoint())
                .as("the endpoint in the metrics contains no id")
                .isEqualTo("/chat/{id}.json");
        assertThat(request).hasToString("GET " + path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "list.json",
                "//elsewhere.example/list.json",
                "/a//b",
                "/../token.php",
                "/a/../../b",
                "https://elsewhere.example/",
                "@elsewhere.example/",
                "/a?b=c",
                "/a#b",
                "/a b",
                "/a\nb",
                "/a\\b"
            })
    void rejectsAPathThatCouldNameAnotherOriginOrResource(String path) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ApiRequest(path, path, Map.of()));
    }

    @Test
    void rejectsAnIdThatCouldNameAnotherResource() {
        assertThatIllegalArgumentException().isThrownBy(() -> ApiRequest.of("/chat/{id}", "..", Map.of()));
    }

    @Test
    void keepsAnUnmodifiableCopyOfTheQuery() {
        Map<String, String> query = new LinkedHashMap<>(Map.of("a", "1"));
        ApiRequest request = new ApiRequest("/list.json", "/list.json", query);
        query.put("b", "2");

        assertThat(request.query()).containsOnlyKeys("a");
        assertThatThrownBy(() -> request.query().put("b", "2")).isInstanceOf(UnsupportedOperationException.class);
    }
}
