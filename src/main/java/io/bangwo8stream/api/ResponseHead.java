package io.bangwo8stream.api;

import java.time.Duration;
import java.util.Optional;

/**
 * What a response states before its body.
 *
 * @param retryAfter      the pause that it asks for
 * @param contentType     or empty
 * @param contentEncoding or empty
 */
record ResponseHead(int status, Optional<Duration> retryAfter, String contentType, String contentEncoding) {

    ResponseHead {
        contentType = contentType == null ? "" : contentType;
        contentEncoding = contentEncoding == null ? "" : contentEncoding;
    }

    /** A response without headers. */
    static ResponseHead of(int status) {
        return new ResponseHead(status, Optional.empty(), null, null);
    }
}
