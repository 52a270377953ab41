package io.bangwo8stream.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A fault of the stand-in, and the requests to which it applies.
 *
 * @param endpoint    the endpoint's name in the request log, or {@code *} for all endpoints
 * @param target      a pattern to be found in path and raw query
 * @param skip        number of matching requests that are answered without the fault first
 * @param times       number of matching requests to which the fault applies, {@link #ALWAYS} for all
 * @param probability with which the fault applies to a matching request, 0 to 1
 * @param number      see the kind
 * @param text        see the kind
 */
public record Fault(
        Kind kind, String endpoint, Pattern target, int skip, int times, double probability, long number, String text) {

    /** For {@link #times}: until the faults are cleared. */
    public static final int ALWAYS = Integer.MAX_VALUE;

    /** The effect of the fault, and the meaning of its number and its text. */
    public enum Kind {
        /** Status {@code number}, with {@code Retry-After: text} unless the text is empty (seconds or an HTTP date). */
        STATUS,
        /** The response is delayed by {@code number} milliseconds. */
        DELAY,
        /** The connection is closed without a response. */
        NO_RESPONSE,
        /** The connection is closed after half of the body. */
        CUT_BODY,
        /** An HTML page with status 200. */
        NOT_JSON,
        /** Each row's JSON contains the raw text after the sign {@code ~} of {@code text} in the place of that before it. */
        RAW_TEXT,
        /** The text {@code text}, such as a message of PHP, stands before the body. */
        TEXT_BEFORE,
        /** The body is in the charset {@code text}, which the header names. */
        CHARSET,
        /** Status 200 without a body. */
        EMPTY_BODY,
        /** The body {@code text} with status 200. */
        BODY,
        /** {@code errcode} {@code number} and {@code errmsg} {@code text} with status 200. */
        ERRCODE,
        /** JSON of {@code number} MiB. */
        HUGE_BODY,
        /** The body is sent at {@code number} bytes per second. */
        SLOW_BODY,
        /** 302 to {@code text}. */
        REDIRECT,
        /** A record is added before each page from the second on: rows move to later pages. */
        SHIFT_PAGES,
        /** The newest record is removed before each page from the second on: rows move to earlier pages. */
        SHIFT_PAGES_BACK,
        /** The same, and an older record is added behind all others of its day: {@code count} does not change. */
        SHIFT_PAGES_UNCOUNTED,
        /** The first message of the chat is withdrawn before each page from the second on. */
        WITHDRAWN_MESSAGE,
        /** The message {@code text} is inserted as the first of the chat before each page from the second on. */
        INSERTED_MESSAGE,
        /** {@code next_page} always names the requested page itself. */
        REPEAT_NEXT_PAGE,
        /** A page has at most {@code number} rows, whatever the request wants. */
        PAGE_LIMIT,
        /** Every page contains the rows of page {@code number}. */
        REPEAT_PAGE,
        /** A page contains its last row twice. */
        REPEAT_LAST_ROW,
        /** A page starts with the JSON {@code text} as an additional row, which {@code count} does not include. */
        EXTRA_ROW,
        /**
         * The API cannot encode the row with the id {@code number}: every page that contains it has an empty body, or the
         * status {@code text}.
         */
        UNSENDABLE_ROW,
        /** A page contains its rows in reverse order. */
        REVERSED_ROWS,
        /** Each request gets the same content in another form: order of members, numbers as text, unpadded dates. */
        REFORMATTED_ROWS,
        /** {@code count} is wrong by {@code number}. */
        WRONG_COUNT,
        /** {@code count} changes by {@code number} with every page. */
        CHANGING_COUNT,
        /** {@code next_page} names the origin {@code text}. */
        FOREIGN_NEXT_PAGE
    }

    private static final Pattern ANY = Pattern.compile("");

    /** A fault without number and text, for every request unless restricted. */
    public static Fault of(Kind kind) {
        return of(kind, 0, "");
    }

    /** A fault with a number, for every request unless restricted. */
    public static Fault of(Kind kind, long number) {
        return of(kind, number, "");
    }

    /** A fault with a text, for every request unless restricted. */
    public static Fault of(Kind kind, String text) {
        return of(kind, 0, text);
    }

    /** A fault with a number and a text, for every request unless restricted. */
    public static Fault of(Kind kind, long number, String text) {
        return new Fault(kind, "*", ANY, 0, ALWAYS, 1, number, text);
    }

    /** An HTTP status instead of the response. */
    public static Fault status(int status) {
        return of(Kind.STATUS, status);
    }

    /** An HTTP status with a {@code Retry-After} header instead of the response. */
    public static Fault status(int status, String retryAfter) {
        return of(Kind.STATUS, status, retryAfter);
    }

    /** The same fault for one endpoint only, by its name in the request log. */
    public Fault on(String name) {
        return new Fault(kind, name, target, skip, times, probability, number, text);
    }

    /** The same fault for requests in whose path and raw query the pattern is found. */
    public Fault matching(String regex) {
        return new Fault(kind, endpoint, Pattern.compile(regex), skip, times, probability, number, text);
    }

    /** The same fault after a number of matching requests. */
    public Fault after(int requests) {
        return new Fault(kind, endpoint, target, requests, times, probability, number, text);
    }

    /** The same fault for a number of matching requests. */
    public Fault times(int requests) {
        return new Fault(kind, endpoint, target, skip, requests, probability, number, text);
    }

    /** The same fault for a share of the matching requests, 0 to 1. */
    public Fault withProbability(double share) {
        return new Fault(kind, endpoint, target, skip, times, share, number, text);
    }

    /**
     * Reads {@code {"kind":"status","endpoint":"histories","number":500,"times":2}}; all members except the kind are
     * optional.
     */
    static Fault fromJson(JsonNode json) {
        String name = json.path("kind").asText().toUpperCase(Locale.ROOT).replace('-', '_');
        return new Fault(
                Kind.valueOf(name),
                json.path("endpoint").asText("*"),
                Pattern.compile(json.path("matching").asText("")),
                json.path("after").asInt(0),
                json.path("times").asInt(ALWAYS),
                json.path("probability").asDouble(1),
                json.path("number").asLong(0),
                json.path("text").asText(""));
    }

    boolean matches(String name, StandInRequest request) {
        return (endpoint.equals("*") || endpoint.equals(name))
                && target.matcher(request.target()).find();
    }
}
