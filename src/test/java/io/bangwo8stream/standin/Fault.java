package io.bangwo8stream.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One way to misbehave, and for which calls.
 *
 * @param endpoint    the endpoint's name as the request log shows it, or {@code *} for all
 * @param target      a pattern to be found in path and raw query
 * @param skip        how many matching calls are answered properly first
 * @param times       how many matching calls are hit, {@link #ALWAYS} for all that follow
 * @param probability with which a matching call is hit, 0 to 1
 * @param number      what the kind says
 * @param text        what the kind says
 */
public record Fault(
        Kind kind, String endpoint, Pattern target, int skip, int times, double probability, long number, String text) {

    /** For {@link #times}: until the faults are cleared. */
    public static final int ALWAYS = Integer.MAX_VALUE;

    /** What happens; the comment says what number and text mean. */
    public enum Kind {
        /** Status {@code number}, with {@code Retry-After: text} if a text is given (seconds or an HTTP date). */
        STATUS,
        /** The answer comes {@code number} milliseconds late. */
        DELAY,
        /** The connection is closed before any answer. */
        NO_ANSWER,
        /** The connection is closed half-way through the body. */
        CUT_BODY,
        /** An HTML page with status 200. */
        NOT_JSON,
        /** Status 200 without a body. */
        EMPTY_BODY,
        /** The body {@code text} with status 200. */
        BODY,
        /** {@code errcode} {@code number} and {@code errmsg} {@code text} with status 200. */
        ERRCODE,
        /** JSON of {@code number} MiB. */
        HUGE_BODY,
        /** The body comes at {@code number} bytes per second. */
        SLOW_DRIP,
        /** 302 to {@code text}. */
        REDIRECT,
        /** A record is added before each page from the second on, so that rows move to later pages. */
        SHIFT_PAGES,
        /** The newest record is taken away before each page from the second on: rows move to earlier pages. */
        SHIFT_PAGES_BACK,
        /** {@code next_page} names the page asked for, for ever. */
        REPEAT_NEXT_PAGE,
        /** Every page holds page {@code number}'s rows. */
        REPEAT_PAGE,
        /** A page's last row stands there twice. */
        REPEAT_LAST_ROW,
        /** A page's first row is the JSON {@code text}, whatever that is; {@code count} does not know of it. */
        EXTRA_ROW,
        /** A page's rows in the opposite order. */
        REVERSED_ROWS,
        /** The same content in another form at every call: order of members, numbers as text, dates unpadded. */
        NOISY_ROWS,
        /** {@code count} is wrong by {@code number}. */
        WRONG_COUNT,
        /** {@code count} changes by {@code number} with every page. */
        MOVING_COUNT,
        /** {@code next_page} names the origin {@code text}. */
        FOREIGN_NEXT_PAGE
    }

    private static final Pattern ANY = Pattern.compile("");

    /** A fault of a kind that needs no number and no text, hitting every call until told otherwise. */
    public static Fault of(Kind kind) {
        return of(kind, 0, "");
    }

    /** A fault of a kind that needs a number. */
    public static Fault of(Kind kind, long number) {
        return of(kind, number, "");
    }

    /** A fault of a kind that needs a text. */
    public static Fault of(Kind kind, String text) {
        return of(kind, 0, text);
    }

    /** A fault hitting every call until told otherwise. */
    public static Fault of(Kind kind, long number, String text) {
        return new Fault(kind, "*", ANY, 0, ALWAYS, 1, number, text);
    }

    /** An HTTP status in place of the answer. */
    public static Fault status(int status) {
        return of(Kind.STATUS, status);
    }

    /** An HTTP status with a {@code Retry-After} header. */
    public static Fault status(int status, String retryAfter) {
        return of(Kind.STATUS, status, retryAfter);
    }

    /** This fault for one endpoint only, by its name in the request log. */
    public Fault on(String name) {
        return new Fault(kind, name, target, skip, times, probability, number, text);
    }

    /** This fault for calls in whose path and raw query the pattern is found. */
    public Fault matching(String regex) {
        return new Fault(kind, endpoint, Pattern.compile(regex), skip, times, probability, number, text);
    }

    /** This fault after so many matching calls. */
    public Fault after(int calls) {
        return new Fault(kind, endpoint, target, calls, times, probability, number, text);
    }

    /** This fault for so many matching calls. */
    public Fault times(int calls) {
        return new Fault(kind, endpoint, target, skip, calls, probability, number, text);
    }

    /** This fault for a share of the matching calls, 0 to 1. */
    public Fault withProbability(double share) {
        return new Fault(kind, endpoint, target, skip, times, share, number, text);
    }

    /** Reads {@code {"kind":"status","endpoint":"histories","number":500,"times":2}}; all but the kind optional. */
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

    boolean matches(String name, Call call) {
        return (endpoint.equals("*") || endpoint.equals(name))
                && target.matcher(call.target()).find();
    }
}
