package io.bangwo8stream.api;

import io.bangwo8stream.text.SafeText;

/** A call to the API brought no usable response. */
public abstract sealed class ApiException extends RuntimeException
        permits ApiRejectedException, ApiUnavailableException {

    private static final long serialVersionUID = 1L;

    private final String outcome;

    ApiException(String outcome, String message, Throwable cause) {
        super(SafeText.of(message), cause);
        this.outcome = outcome;
    }

    /** Its value in the metric of requests: {@code 403}, {@code unreadable}, {@code too-large}, … */
    public String outcome() {
        return outcome;
    }
}
