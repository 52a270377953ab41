package io.bangwo8stream.api;

import java.io.IOException;
import org.apache.hc.client5.http.impl.io.LenientHttpResponseParser;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.message.BasicLineParser;
import org.apache.hc.core5.util.CharArrayBuffer;

/** Parses the heads of the responses of one connection, and refuses a server that sends interim responses only. */
final class InterimResponseLimit extends LenientHttpResponseParser {

    /** A server sends one or two; the HTTP client itself reads any number of them. */
    private static final int MOST = 20;

    private int interim;

    InterimResponseLimit(Http1Config limits) {
        // The line parser and the factory that the HTTP client uses by default.
        super(BasicLineParser.INSTANCE, null, limits);
    }

    @Override
    protected ClassicHttpResponse createMessage(CharArrayBuffer line) throws IOException {
        ClassicHttpResponse response = super.createMessage(line);
        if (response != null) {
            interim = response.getCode() < 200 ? interim + 1 : 0;
        }
        if (interim > MOST) {
            throw new IOException("the server sent more than " + MOST + " interim responses (1xx) and no response");
        }
        return response;
    }
}
