package io.bangwo8stream.standin;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Writes a paged answer the way the vendor does, awkward forms included when the desk is awkward. */
final class ListAnswer {

    private final Call call;
    private final boolean awkward;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(16_384);

    private ListAnswer(Call call, boolean awkward) {
        this.call = call;
        this.awkward = awkward;
    }

    /**
     * A list answer.
     *
     * @param open  what stands before the rows, from the opening brace on
     * @param rows  the page's rows, each as JSON
     * @param close what stands after the rows
     * @param count how many rows all pages hold
     */
    static Answer of(Call call, boolean awkward, String open, List<byte[]> rows, String close, int count) {
        return Answer.json(new ListAnswer(call, awkward).write(open, rows, close, count));
    }

    private byte[] write(String open, List<byte[]> rows, String close, int count) {
        text(awkward && salt() % 5 == 0 ? "{ // " + call.path() + "\n" + open.substring(1) : open);
        String separator = "";
        for (byte[] row : twisted(rows)) {
            text(separator);
            out.writeBytes(row);
            separator = ",";
        }
        text(awkward && !rows.isEmpty() && salt() % 7 == 0 ? "," + close : close);
        int shown = Math.max(0, count + call.twist().countOffset());
        text(awkward && salt() % 2 == 0 ? ",\"count\":\"" + shown + "\"" : ",\"count\":" + shown);
        links(count);
        return out.toByteArray();
    }

    private List<byte[]> twisted(List<byte[]> rows) {
        List<byte[]> twisted = new ArrayList<>(rows);
        if (call.twist().noise() != 0) {
            twisted.replaceAll(row -> Noise.over(row, call.twist().noise()));
        }
        if (!call.twist().extraRow().isEmpty()) {
            twisted.add(0, call.twist().extraRow().getBytes(StandardCharsets.UTF_8));
        }
        if (call.twist().reversed()) {
            Collections.reverse(twisted);
        }
        if (call.twist().repeatLastRow() && !rows.isEmpty()) {
            twisted.add(twisted.get(twisted.size() - 1));
        }
        return twisted;
    }

    private void links(int count) {
        int page = call.page();
        boolean more = (long) page * call.perPage() < count;
        int next = call.twist().endless() ? page : page + 1;
        link("next_page", more || call.twist().endless() ? next : 0);
        link("previous_page", page > 1 ? page - 1 : 0);
        text(awkward && salt() % 6 == 0 ? ",}" : "}");
    }

    private void link(String name, int page) {
        if (page > 0) {
            text(",\"" + name + "\":\"" + url(page) + "\"");
        } else if (!awkward || salt() % 3 == 0) {
            text(",\"" + name + "\":null");
        } else if (salt() % 3 == 1) {
            text(",\"" + name + "\":\"\"");
        }
    }

    private String url(int page) {
        StringBuilder url = new StringBuilder(call.twist().origin())
                .append(call.path())
                .append("?per_page=")
                .append(call.perPage())
                .append("&page=")
                .append(page);
        call.params().forEach((name, value) -> {
            if (!name.equals("page") && !name.equals("per_page")) {
                url.append('&').append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        });
        return url.toString();
    }

    /** The same request always gets the same forms, so that a test that failed fails again. */
    private int salt() {
        return Math.floorMod(call.path().hashCode() * 31 + call.page(), 210);
    }

    private void text(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
