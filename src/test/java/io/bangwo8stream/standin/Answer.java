package io.bangwo8stream.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the stand-in answers: status, headers and body. */
record Answer(int status, Map<String, String> headers, byte[] body) {

    private static final String JSON = "application/json; charset=utf-8";

    static Answer json(byte[] body) {
        return new Answer(200, Map.of("Content-Type", JSON), body);
    }

    static Answer json(JsonNode body) {
        return json(Json.write(body));
    }

    static Answer json(int status, JsonNode body) {
        return new Answer(status, Map.of("Content-Type", JSON), Json.write(body));
    }

    static Answer html(int status, String text) {
        String page = "<!DOCTYPE html><html><head><title>" + text + "</title></head><body><h1>" + text
                + "</h1></body></html>";
        return new Answer(
                status, Map.of("Content-Type", "text/html; charset=utf-8"), page.getBytes(StandardCharsets.UTF_8));
    }

    /** An error the vendor's way: status 200 and a code in the body. */
    static Answer errcode(String code, String message) {
        return json(Json.object().put("errcode", code).put("errmsg", message));
    }

    Answer withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Answer(status, more, body);
    }
}
