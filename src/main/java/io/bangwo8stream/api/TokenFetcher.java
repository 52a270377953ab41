package io.bangwo8stream.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Fetches a bearer token when one is needed, through the API gateway route like every other request. */
@Singleton
@Named("apiLogin")
@RegisterForReflection
public class TokenFetcher {

    private final ApiClient api;
    private final Credentials credentials;

    TokenFetcher(ApiClient api, Credentials credentials) {
        this.api = api;
        this.credentials = credentials;
    }

    /**
     * Ensures that there is a token for {@code request}; other requests that need one wait meanwhile.
     *
     * @throws ApiRejectedException when the client id or its secret is wrong
     */
    public void ensure(ApiRequest request) {
        if (!request.isForToken() && credentials.needToken()) {
            fetch();
        }
    }

    private synchronized void fetch() {
        if (credentials.needToken()) {
            JsonNode response = api.get(ApiRequest.TOKEN);
            if (!response.path("access_token").isTextual()) {
                throw ApiRejectedException.ofToken(
                        "token",
                        ApiRequest.TOKEN + " answered no token: " + "see bangwo8.client-id and bangwo8.client-secret");
            }
            // An invalid lifetime must not lead to a new token for every request.
            credentials.take(
                    response.get("access_token").asText(),
                    Duration.ofSeconds(Math.max(response.path("expires_in").asLong(3_600), 2)));
        }
    }
}
