package io.bangwo8stream.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.bangwo8stream.text.SafeText;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Parses a response of the API: JSON, a refusal, or a failure that may be temporary. */
final class ResponseParser {

    /** Statuses that may be temporary: not ready yet, time-out, too early, too many requests. Every 5xx may be, too. */
    private static final Set<Integer> TEMPORARY = Set.of(202, 408, 425, 429);

    /** 203 comes from a proxy that has changed the response. */
    private static final Set<Integer> WITH_CONTENT = Set.of(200, 203);

    private static final Map<Integer, String> HINTS = Map.of(
            400, "the request is wrong",
            401, "the login is wrong: see bangwo8.account and bangwo8.password, or bangwo8.client-id and its secret",
            403, "administrator permission is needed",
            404, "there is no such resource");

    private static final String NO_TOKEN = "the client is refused: see bangwo8.client-id and bangwo8.client-secret";

    /** Statuses that refuse a client: {@code invalid_client} comes with 400 too. */
    private static final Set<Integer> CLIENT_REFUSED = Set.of(400, 401, 403);

    /** Statuses in a body that are no errors: the vendor's page on service summaries. */
    private static final Set<String> NORMAL = Set.of("200", "120001", "120002");

    /** Statuses and codes for what does not exist, or not for this account; 100047 is "Invalid resource URI". */
    private static final Set<String> ABSENT = Set.of("403", "404", "100047");

    /** Codes in a body that mean what the status of a response means. */
    private static final Pattern STATUS = Pattern.compile("401|403|429|5\\d\\d");

    private static final Pattern NOT_FOUND = Pattern.compile("(?i)not found|does not exist|不存在");

    private static final Pattern NO_RIGHT =
            Pattern.compile("(?i)no permission|permission denied|forbidden|无权|没有.{0,6}权限|权限不足");

    private static final String FORBIDDEN = "403";

    private static final int LONGEST_TEXT = 200;

    private final UnaryOperator<String> redaction;
    private final ResponseMemory memory;
    private final ResponseRepairs repairs;

    ResponseParser(UnaryOperator<String> redaction, ResponseMemory memory, ResponseRepairs repairs) {
        this.redaction = redaction;
        this.memory = memory;
        this.repairs = repairs;
    }

    /**
     * The body of a response; JSON's missing node where there is none: 204, or 404 for a page beyond the first.
     *
     * @throws ApiRejectedException    when the same request would fail again
     * @throws ApiUnavailableException when it may succeed later: 5xx, 429, no JSON, a truncated body
     */
    JsonNode parse(ApiRequest request, ResponseHead head, InputStream in) {
        try (InputStream closing = in == null ? InputStream.nullInputStream() : in;
                ResponseBody body = new ResponseBody(memory, closing)) {
            if (isNothing(request, head.status())) {
                return MissingNode.getInstance();
            }
            if (!WITH_CONTENT.contains(head.status())) {
                throw refused(request, head.status(), head.retryAfter());
            }
            return accepted(
                    request, ResponseReader.read(body.readAll(), head, body, kind -> repairs.repaired(request, kind)));
        } catch (SizeLimitedInputStream.TooLarge tooLarge) {
            throw new ApiRejectedException(
                    "too-large", request + " answered more than bangwo8.max-response-size allows");
        } catch (ResponseBody.TooLarge tooLarge) {
            throw new ApiRejectedException(tooLarge.outcome(), request + " answered " + tooLarge.getMessage());
        } catch (UnreadableBodyException unreadable) {
            throw new ApiUnavailableException(
                    "unreadable",
                    request + " answered " + head.status() + ", but: " + unreadable.getMessage(),
                    unreadable);
        } catch (IOException broken) {
            throw new ApiUnavailableException(
                    "broken", request + " was cut short: " + redaction.apply(broken.getMessage()), broken);
        }
    }

    private static boolean isNothing(ApiRequest request, int status) {
        return status == 204 && !request.isForToken() || status == 404 && request.isBeyondFirstPage();
    }

    private static ApiException refused(ApiRequest request, int status, Optional<Duration> retryAfter) {
        String message = request + " answered " + status;
        if (status >= 500 || TEMPORARY.contains(status)) {
            return ApiUnavailableException.until(Integer.toString(status), message, retryAfter);
        }
        String outcome = Integer.toString(status);
        String text = message + ": " + hint(request, status);
        return ABSENT.contains(outcome)
                ? ApiRejectedException.absent(outcome, text)
                : new ApiRejectedException(outcome, text);
    }

    private static String hint(ApiRequest request, int status) {
        if (status / 100 == 3) {
            return "redirects are not followed: bangwo8.base-url must name the API itself";
        }
        return request.isForToken() && CLIENT_REFUSED.contains(status)
                ? NO_TOKEN
                : HINTS.getOrDefault(status, "the request was refused");
    }

    private JsonNode accepted(ApiRequest request, JsonNode response) {
        if (!response.isObject()) {
            throw new ApiUnavailableException("unreadable", request + " answered no JSON object", null);
        }
        if (isError(response, "errcode", "errmsg")
                && !"0".equals(response.get("errcode").asText())) {
            throw failed(
                    request,
                    response.get("errcode").asText(),
                    response.path("errmsg").asText());
        }
        if (isError(response, "status", "message")
                && !NORMAL.contains(response.get("status").asText())) {
            throw failed(
                    request,
                    response.get("status").asText(),
                    response.path("message").asText());
        }
        return response;
    }

    /** Errors come with status 200 too: a code and a text. */
    private static boolean isError(JsonNode response, String code, String text) {
        return response.hasNonNull(code) && response.get(code).isValueNode() && response.has(text);
    }

    private ApiException failed(ApiRequest request, String code, String text) {
        // Redacted before it is cut: half a secret at the end would not be recognised.
        String message = request + " answered " + SafeText.cut(redaction.apply(code + ": " + text), LONGEST_TEXT + 1);
        String outcome = outcome(code, text);
        if (code.matches("5\\d\\d|429")) {
            return new ApiUnavailableException(outcome, message, null);
        }
        if (request.isForToken()) {
            return new ApiRejectedException(outcome, message + ": " + NO_TOKEN);
        }
        return ABSENT.contains(code)
                        || outcome.equals(FORBIDDEN)
                        || NOT_FOUND.matcher(text).find()
                ? ApiRejectedException.absent(outcome, message)
                : new ApiRejectedException(outcome, message);
    }

    private static String outcome(String code, String text) {
        if (STATUS.matcher(code).matches()) {
            return code;
        }
        return NO_RIGHT.matcher(text).find() ? FORBIDDEN : "error";
    }
}
