package io.bangwo8stream.api;

/** The API refused the request; the same request would be refused again. */
public final class ApiRejectedException extends ApiException {

    private static final long serialVersionUID = 1L;

    public ApiRejectedException(String outcome, String message) {
        super(outcome, message, null);
    }
}
