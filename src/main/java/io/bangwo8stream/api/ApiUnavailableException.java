package io.bangwo8stream.api;

import java.time.Duration;
import java.util.Optional;

/** The API did not respond as it should; the same request may succeed later. */
public final class ApiUnavailableException extends ApiException {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    public ApiUnavailableException(String outcome, String message, Throwable cause) {
        this(outcome, message, cause, null);
    }

    private ApiUnavailableException(String outcome, String message, Throwable cause, Duration retryAfter) {
        super(outcome, message, cause);
        this.retryAfter = retryAfter;
    }

    static ApiUnavailableException until(String outcome, String message, Optional<Duration> retryAfter) {
        return new ApiUnavailableException(outcome, message, null, retryAfter.orElse(null));
    }

    /** The pause that the API asked for, if it did. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
