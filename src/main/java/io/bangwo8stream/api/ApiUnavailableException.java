package io.bangwo8stream.api;

import java.time.Duration;
import java.util.Optional;

/** The API did not respond as it should; the same request may succeed later. */
public final class ApiUnavailableException extends ApiException {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    public ApiUnavailableException(String outcome, String message, Throwable cause) {
        this(outcome, message, cause, null, false);
    }

    private ApiUnavailableException(
            String outcome, String message, Throwable cause, Duration retryAfter, boolean ofToken) {
        super(outcome, message, cause, ofToken);
        this.retryAfter = retryAfter;
    }

    /** The same failure of the request for a token. */
    ApiUnavailableException ofToken() {
        return new ApiUnavailableException(outcome(), getMessage(), getCause(), retryAfter, true);
    }

    static ApiUnavailableException until(String outcome, String message, Optional<Duration> retryAfter) {
        return new ApiUnavailableException(outcome, message, null, retryAfter.orElse(null), false);
    }

    /** The pause that the API asked for, if it did. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
