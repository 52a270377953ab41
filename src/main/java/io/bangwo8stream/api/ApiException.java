package io.bangwo8stream.api;

import io.bangwo8stream.text.SafeText;

/** A call to the API brought no usable response. */
public abstract sealed class ApiException extends RuntimeException
        permits ApiRejectedException, ApiUnavailableException {

    private static final long serialVersionUID = 1L;

    private final String outcome;
    private final boolean ofToken;

    ApiException(String outcome, String message, Throwable cause, boolean ofToken) {
        super(SafeText.of(message), cause);
        this.outcome = outcome;
        this.ofToken = ofToken;
    }

    /** Whether it was the request for a token, without which no other one can be sent. */
    public boolean isOfToken() {
        return ofToken;
    }

    /** Whether the login itself is refused, and not only a right of it: every other request is refused likewise. */
    public boolean isOfCredentials() {
        return false;
    }

    /** Its value in the metric of requests: {@code 403}, {@code unreadable}, {@code too-large}, … */
    public String outcome() {
        return outcome;
    }
}
