package io.bangwo8stream.api;

/** Refusals of the API, for tests of other packages. */
public final class Refusals {

    private Refusals() {}

    /** The API has no such resource. */
    public static ApiRejectedException absent(ApiRequest request) {
        return ApiRejectedException.absent("404", request + " answered 404");
    }
}
