package io.bangwo8stream.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Fetches a bearer token when one is needed, through the same door as every other request. */
@Singleton
@Named("signIn")
@RegisterForReflection
public class TokenFetcher {

    private final ApiClient api;
    private final Credentials credentials;

    TokenFetcher(ApiClient api, Credentials credentials) {
        this.api = api;
        this.credentials = credentials;
    }

    /**
     * Makes sure that there is a token for {@code request}; others that need one too wait meanwhile.
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
            JsonNode answer = api.get(ApiRequest.TOKEN);
            if (!answer.path("access_token").isTextual()) {
                throw new ApiRejectedException(
                        "token",
                        ApiRequest.TOKEN + " answered no token: " + "see bangwo8.client-id and bangwo8.client-secret");
            }
            // A time that is none must not lead to a new token for every request.
            credentials.take(
                    answer.get("access_token").asText(),
                    Duration.ofSeconds(Math.max(answer.path("expires_in").asLong(3_600), 2)));
        }
    }
}
