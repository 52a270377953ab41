package io.bangwo8stream.api;

import java.util.Set;

/** The API refused the request; the same request would be refused again. */
public final class ApiRejectedException extends ApiException {

    private static final long serialVersionUID = 1L;

    static final String LOGIN_REFUSED = "401";

    /** Refusals that apply to the login, not to one record. */
    private static final Set<String> OF_LOGIN = Set.of(LOGIN_REFUSED, "403");

    private static final Set<String> TOO_LARGE = Set.of("too-large", "too-many-values");

    private final boolean absent;

    public ApiRejectedException(String outcome, String message) {
        this(outcome, message, false, false);
    }

    private ApiRejectedException(String outcome, String message, boolean absent, boolean ofToken) {
        super(outcome, message, null, ofToken);
        this.absent = absent;
    }

    static ApiRejectedException absent(String outcome, String message) {
        return new ApiRejectedException(outcome, message, true, false);
    }

    /** A refusal of the request for a token. */
    static ApiRejectedException ofToken(String outcome, String message) {
        return new ApiRejectedException(outcome, message, false, true);
    }

    /** Whether the account has no such resource, or none that it may see; other refusals have other reasons. */
    public boolean isAbsent() {
        return absent;
    }

    /** Whether the login, or a right of it, is refused; other requests of the kind are refused likewise. */
    public boolean isOfLogin() {
        return isOfToken() || OF_LOGIN.contains(outcome());
    }

    @Override
    public boolean isOfCredentials() {
        return isOfToken() || outcome().equals(LOGIN_REFUSED);
    }

    /** Whether the response is refused for its size; a request for less may succeed. */
    public boolean isTooLarge() {
        return TOO_LARGE.contains(outcome());
    }
}
