package io.bangwo8stream.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A response of the stand-in: status, headers and body. */
record StandInResponse(int status, Map<String, String> headers, byte[] body) {

    private static final String JSON = "application/json; charset=utf-8";

    static StandInResponse json(byte[] body) {
        return new StandInResponse(200, Map.of("Content-Type", JSON), body);
    }

    static StandInResponse json(JsonNode body) {
        return json(Json.write(body));
    }

    static StandInResponse json(int status, JsonNode body) {
        return new StandInResponse(status, Map.of("Content-Type", JSON), Json.write(body));
    }

    static StandInResponse html(int status, String text) {
        String page = "<!DOCTYPE html><html><head><title>" + text + "</title></head><body><h1>" + text
                + "</h1></body></html>";
        return new StandInResponse(
                status, Map.of("Content-Type", "text/html; charset=utf-8"), page.getBytes(StandardCharsets.UTF_8));
    }

    /** An error in the vendor's form: status 200 and a code in the body. */
    static StandInResponse errcode(String code, String message) {
        return json(Json.object().put("errcode", code).put("errmsg", message));
    }

    StandInResponse withBody(byte[] other) {
        return new StandInResponse(status, headers, other);
    }

    StandInResponse withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new StandInResponse(status, more, body);
    }
}
