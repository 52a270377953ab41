package io.bangwo8stream.api;

/** Refusals of the API, for tests of other packages. */
public final class Refusals {

    private Refusals() {}

    /** The API refuses the request for a token. */
    public static ApiRejectedException ofToken() {
        return ApiRejectedException.ofToken("400", ApiRequest.TOKEN + " answered 400: invalid_client");
    }

    /** The request for a token fails. */
    public static ApiUnavailableException tokenUnavailable() {
        return new ApiUnavailableException("500", ApiRequest.TOKEN + " answered 500", null).ofToken();
    }

    /** The API has no such resource. */
    public static ApiRejectedException absent(ApiRequest request) {
        return ApiRejectedException.absent("404", request + " answered 404");
    }
}
