package io.bangwo8stream.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One page of a list, as the API answered it.
 *
 * @param number  from 1
 * @param rows    in the API's order
 * @param count   rows of all pages, where the answer says so
 * @param next    what the answer says of a next page
 * @param nextNumber the number that {@code next_page} names, or 0
 */
public record Page(int number, List<JsonNode> rows, OptionalLong count, Next next, int nextNumber) {

    /** What {@code next_page} says: a page, that there is none ({@code null} or empty), or nothing at all. */
    public enum Next {
        NAMED,
        NONE,
        UNSAID
    }

    /** Only the number is taken: the URL names the vendor's production origin whatever origin was called. */
    private static final Pattern NUMBER = Pattern.compile("[?&]page=(\\d{1,9})(?:&|$)");

    /**
     * Reads a page from an answer.
     *
     * @param items the member that holds the rows, with dots for a nested one: {@code remote_chatrecords.contents}
     * @throws ApiUnavailableException when the answer holds no such member and no count of zero
     */
    public static Page read(ApiRequest request, int number, JsonNode answer, String items) {
        OptionalLong count = count(answer.path("count"));
        JsonNode rows = answer;
        for (String member : items.split("\\.")) {
            rows = rows.path(member);
        }
        boolean none = answer.has(items.split("\\.")[0]) && isNothing(rows);
        if (!rows.isArray() && !none && count.orElse(1) != 0) {
            throw new ApiUnavailableException("unreadable", request + " answered without a list in " + items, null);
        }
        List<JsonNode> listed = new ArrayList<>(rows.size());
        rows.forEach(listed::add);
        String next = answer.path("next_page").asText("");
        Next kind =
                !answer.has("next_page") ? Next.UNSAID : next.isBlank() || "null".equals(next) ? Next.NONE : Next.NAMED;
        return new Page(number, listed, count, kind, number(next));
    }

    /** PHP writes an empty list of rows as {@code []}, {@code {}}, {@code ""}, {@code null} or {@code false}. */
    private static boolean isNothing(JsonNode rows) {
        return rows.isMissingNode()
                || rows.isNull()
                || rows.isObject() && rows.isEmpty()
                || rows.isTextual() && rows.textValue().isBlank()
                || rows.isBoolean() && !rows.booleanValue();
    }

    private static int number(String next) {
        Matcher matcher = NUMBER.matcher(next);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    private static OptionalLong count(JsonNode count) {
        String text = count.isValueNode() ? count.asText().strip() : "";
        return text.matches("\\d{1,15}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }
}
