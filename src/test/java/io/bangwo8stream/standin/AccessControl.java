package io.bangwo8stream.standin;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Decides who may call the API: Basic accounts, OAuth2 clients, and the tokens issued so far. */
public final class AccessControl {

    private enum Role {
        ADMINISTRATOR,
        AGENT
    }

    private final Map<String, Role> accounts = new ConcurrentHashMap<>();
    private final Set<String> clients = ConcurrentHashMap.newKeySet();
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private final AtomicInteger issuedTokens = new AtomicInteger();
    private volatile int tokenLifetimeSeconds = 3600;

    /** Accepts the account {@code demo} and the OAuth2 client {@code demo}, password and secret {@code demo}. */
    AccessControl() {
        addAdministrator("demo", "demo");
        addClient("demo", "demo");
    }

    /** Accepts an account that may call every endpoint. */
    public void addAdministrator(String account, String password) {
        accounts.put(basic(account, password), Role.ADMINISTRATOR);
    }

    /** Accepts an account that gets status 403 from the administrators' endpoints. */
    public void addAgent(String account, String password) {
        accounts.put(basic(account, password), Role.AGENT);
    }

    /** Accepts an OAuth2 client, with an administrator's rights. */
    public void addClient(String id, String secret) {
        clients.add(basic(id, secret));
    }

    /** Rejects every account, client and token accepted so far. */
    public void removeAll() {
        accounts.clear();
        clients.clear();
        tokens.clear();
    }

    /** Answers all tokens issued so far with 401 from now on. */
    public void expireTokens() {
        tokens.clear();
    }

    /** Sets {@code expires_in} of the token responses. */
    public void setTokenLifetime(int seconds) {
        tokenLifetimeSeconds = seconds;
    }

    private static String basic(String account, String password) {
        return "Basic "
                + Base64.getEncoder().encodeToString((account + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** The response that rejects the request, or empty when the request is permitted. */
    Optional<StandInResponse> rejection(StandInRequest request, boolean administratorOnly) {
        String authorization =
                Optional.ofNullable(request.headers().getFirst("Authorization")).orElse("");
        Role role = authorization.startsWith("Bearer ") && tokens.contains(authorization.substring("Bearer ".length()))
                ? Role.ADMINISTRATOR
                : accounts.get(authorization);
        if (role == null) {
            return Optional.of(StandInResponse.json(
                            401, Json.object().put("errcode", "100001").put("errmsg", "Unauthorized"))
                    .withHeader("WWW-Authenticate", "Basic realm=\"bangwo8\""));
        }
        if (administratorOnly && role == Role.AGENT) {
            return Optional.of(StandInResponse.json(
                    403, Json.object().put("errcode", "100003").put("errmsg", "Forbidden")));
        }
        return Optional.empty();
    }

    /** The response to {@code POST /api/token.php}; the request's parameters contain the fields of the form. */
    StandInResponse issueToken(StandInRequest request) {
        String authorization =
                Optional.ofNullable(request.headers().getFirst("Authorization")).orElse("");
        if (!clients.contains(authorization)) {
            return StandInResponse.json(
                    401,
                    Json.object()
                            .put("error", "invalid_client")
                            .put("error_description", "The client credentials are invalid"));
        }
        if (request.param("grant_type").filter("client_credentials"::equals).isEmpty()) {
            return StandInResponse.json(
                    400,
                    Json.object()
                            .put("error", "unsupported_grant_type")
                            .put("error_description", "Grant type not supported"));
        }
        String token = "demo-token-" + issuedTokens.incrementAndGet();
        tokens.add(token);
        return StandInResponse.json(Json.object()
                .put("access_token", token)
                .put("expires_in", tokenLifetimeSeconds)
                .put("token_type", "Bearer")
                .putNull("scope"));
    }
}
