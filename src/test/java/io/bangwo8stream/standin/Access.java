package io.bangwo8stream.standin;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Who may call: Basic accounts, OAuth2 clients, and the tokens given out so far. */
public final class Access {

    private enum Role {
        ADMINISTRATOR,
        AGENT
    }

    private final Map<String, Role> accounts = new ConcurrentHashMap<>();
    private final Set<String> clients = ConcurrentHashMap.newKeySet();
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private final AtomicInteger tokensGiven = new AtomicInteger();
    private volatile int tokenSeconds = 3600;

    /** Lets in the account {@code demo} and the OAuth2 client {@code demo}, password and secret {@code demo}. */
    Access() {
        administrator("demo", "demo");
        client("demo", "demo");
    }

    /** Lets in an account that may call everything. */
    public void administrator(String account, String password) {
        accounts.put(basic(account, password), Role.ADMINISTRATOR);
    }

    /** Lets in an account whom administrators' endpoints answer 403. */
    public void agent(String account, String password) {
        accounts.put(basic(account, password), Role.AGENT);
    }

    /** Lets in an OAuth2 client, with an administrator's rights. */
    public void client(String id, String secret) {
        clients.add(basic(id, secret));
    }

    /** Shuts out every account, client and token known so far. */
    public void forgetAll() {
        accounts.clear();
        clients.clear();
        tokens.clear();
    }

    /** Tokens given out so far are answered 401 from now on. */
    public void expireTokens() {
        tokens.clear();
    }

    /** What the token answer says under {@code expires_in}. */
    public void tokenSeconds(int seconds) {
        tokenSeconds = seconds;
    }

    private static String basic(String account, String password) {
        return "Basic "
                + Base64.getEncoder().encodeToString((account + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** The refusal, or empty when the call may go on. */
    Optional<Answer> refusal(Call call, boolean administratorOnly) {
        String given =
                Optional.ofNullable(call.headers().getFirst("Authorization")).orElse("");
        Role role = given.startsWith("Bearer ") && tokens.contains(given.substring("Bearer ".length()))
                ? Role.ADMINISTRATOR
                : accounts.get(given);
        if (role == null) {
            return Optional.of(
                    Answer.json(401, Json.object().put("errcode", "100001").put("errmsg", "Unauthorized"))
                            .withHeader("WWW-Authenticate", "Basic realm=\"bangwo8\""));
        }
        if (administratorOnly && role == Role.AGENT) {
            return Optional.of(
                    Answer.json(403, Json.object().put("errcode", "100003").put("errmsg", "Forbidden")));
        }
        return Optional.empty();
    }

    /** The answer of {@code POST /api/token.php}; the form's fields stand among the call's parameters. */
    Answer token(Call call) {
        String given =
                Optional.ofNullable(call.headers().getFirst("Authorization")).orElse("");
        if (!clients.contains(given)) {
            return Answer.json(
                    401,
                    Json.object()
                            .put("error", "invalid_client")
                            .put("error_description", "The client credentials are invalid"));
        }
        if (call.param("grant_type").filter("client_credentials"::equals).isEmpty()) {
            return Answer.json(
                    400,
                    Json.object()
                            .put("error", "unsupported_grant_type")
                            .put("error_description", "Grant type not supported"));
        }
        String token = "demo-token-" + tokensGiven.incrementAndGet();
        tokens.add(token);
        return Answer.json(Json.object()
                .put("access_token", token)
                .put("expires_in", tokenSeconds)
                .put("token_type", "Bearer")
                .putNull("scope"));
    }
}
