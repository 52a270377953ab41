package io.bangwo8stream.standin;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Writes a paged response in the vendor's form, with irregular JSON when the help desk's responses are irregular. */
final class ListResponse {

    private final StandInRequest request;
    private final boolean irregular;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(16_384);

    private ListResponse(StandInRequest request, boolean irregular) {
        this.request = request;
        this.irregular = irregular;
    }

    /**
     * Creates a list response.
     *
     * @param open  the text before the rows, from the opening brace
     * @param rows  the page's rows, each as JSON
     * @param close the text after the rows
     * @param count the number of rows on all pages
     */
    static StandInResponse of(
            StandInRequest request, boolean irregular, String open, List<byte[]> rows, String close, int count) {
        return StandInResponse.json(new ListResponse(request, irregular).write(open, rows, close, count));
    }

    private byte[] write(String open, List<byte[]> rows, String close, int count) {
        append(irregular && variant() % 5 == 0 ? "{ // " + request.path() + "\n" + open.substring(1) : open);
        String separator = "";
        for (byte[] row : modified(rows)) {
            append(separator);
            out.writeBytes(row);
            separator = ",";
        }
        append(irregular && !rows.isEmpty() && variant() % 7 == 0 ? "," + close : close);
        int shown = Math.max(0, count + request.modification().countOffset());
        append(irregular && variant() % 2 == 0 ? ",\"count\":\"" + shown + "\"" : ",\"count\":" + shown);
        appendLinks(count);
        return out.toByteArray();
    }

    private List<byte[]> modified(List<byte[]> rows) {
        List<byte[]> modified = new ArrayList<>(rows);
        if (request.modification().reformatSeed() != 0) {
            modified.replaceAll(
                    row -> RowReformatter.reformat(row, request.modification().reformatSeed()));
        }
        if (!request.modification().extraRow().isEmpty()) {
            modified.add(0, request.modification().extraRow().getBytes(StandardCharsets.UTF_8));
        }
        if (request.modification().reverseRows()) {
            Collections.reverse(modified);
        }
        if (request.modification().repeatLastRow() && !rows.isEmpty()) {
            modified.add(modified.get(modified.size() - 1));
        }
        return modified;
    }

    private void appendLinks(int count) {
        int page = request.page();
        boolean more = (long) page * request.perPage() < count;
        int next = request.modification().repeatNextPage() ? page : page + 1;
        appendLink("next_page", more || request.modification().repeatNextPage() ? next : 0);
        appendLink("previous_page", page > 1 ? page - 1 : 0);
        append(irregular && variant() % 6 == 0 ? ",}" : "}");
    }

    private void appendLink(String name, int page) {
        if (page > 0) {
            append(",\"" + name + "\":\"" + url(page) + "\"");
        } else if (!irregular || variant() % 3 == 0) {
            append(",\"" + name + "\":null");
        } else if (variant() % 3 == 1) {
            append(",\"" + name + "\":\"\"");
        }
    }

    private String url(int page) {
        StringBuilder url = new StringBuilder(request.modification().linkOrigin())
                .append(request.path())
                .append("?per_page=")
                .append(request.perPage())
                .append("&page=")
                .append(page);
        request.params().forEach((name, value) -> {
            if (!name.equals("page") && !name.equals("per_page")) {
                url.append('&').append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        });
        return url.toString();
    }

    /** Depends on the request only, so that a failed test fails again with the same response. */
    private int variant() {
        return Math.floorMod(request.path().hashCode() * 31 + request.page(), 210);
    }

    private void append(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
