package io.bangwo8stream.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One page of a list, as the API sent it.
 *
 * @param number  from 1
 * @param rows    in the API's order
 * @param count   rows of all pages, where the response states it
 * @param next    what the response states about a next page
 * @param nextNumber the number that {@code next_page} names, or 0
 */
public record Page(int number, List<JsonNode> rows, OptionalLong count, Next next, int nextNumber) {

    /** What {@code next_page} states: a page, that there is none ({@code null} or empty), or nothing at all. */
    public enum Next {
        NAMED,
        NONE,
        UNSTATED
    }

    /** Only the number is used: the URL names the vendor's production origin even when another origin was called. */
    private static final Pattern NUMBER = Pattern.compile("[?&]page=(\\d{1,9})(?:&|$)");

    /**
     * Reads a page from a response.
     *
     * @param response    JSON's missing node where the API has no such page
     * @param recordsPath the member that holds the rows, with dots for a nested one: {@code remote_chatrecords.contents}
     * @throws ApiUnavailableException when the response has no such member and no count of zero
     */
    public static Page read(ApiRequest request, int number, JsonNode response, String recordsPath) {
        if (response.isMissingNode()) {
            return new Page(number, List.of(), OptionalLong.empty(), Next.NONE, 0);
        }
        OptionalLong count = count(response.path("count"));
        JsonNode rows = response;
        for (String member : recordsPath.split("\\.")) {
            rows = rows.path(member);
        }
        boolean none = response.has(recordsPath.split("\\.")[0]) && isNothing(rows);
        if (!rows.isArray() && !none && count.orElse(1) != 0) {
            throw new ApiUnavailableException(
                    "unreadable", request + " answered without a list in " + recordsPath, null);
        }
        List<JsonNode> listed = new ArrayList<>(rows.size());
        rows.forEach(listed::add);
        String next = response.path("next_page").asText("");
        Next stated = !response.has("next_page")
                ? Next.UNSTATED
                : next.isBlank() || "null".equals(next) ? Next.NONE : Next.NAMED;
        return new Page(number, listed, count, stated, number(next));
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
