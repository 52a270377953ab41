package io.bangwo8stream.standin;

import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One endpoint of the API.
 *
 * @param name              the name in faults and in the request log
 * @param path              a pattern; its first group, if any, is the path's variable
 * @param administratorOnly whether an agent without administrator's rights gets status 403
 */
record Endpoint(
        String name,
        String method,
        Pattern path,
        boolean administratorOnly,
        Function<StandInRequest, StandInResponse> handler) {

    static final String TOKEN = "token";

    static Endpoint forAdministrators(String name, String path, Function<StandInRequest, StandInResponse> handler) {
        return new Endpoint(name, "GET", pattern(path), true, handler);
    }

    static Endpoint forAgents(String name, String path, Function<StandInRequest, StandInResponse> handler) {
        return new Endpoint(name, "GET", pattern(path), false, handler);
    }

    static Endpoint token(String path, Function<StandInRequest, StandInResponse> handler) {
        return new Endpoint(TOKEN, "POST", pattern(path), false, handler);
    }

    private static Pattern pattern(String path) {
        return Pattern.compile(path.replace(".", "\\.").replace("{id}", "([^/]+?)"));
    }
}
