package io.bangwo8stream.label;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.api.ApiRequest;
import io.bangwo8stream.api.Page;
import io.bangwo8stream.source.Source;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The two lists with the rows of one window: one with option ids, the other with labels in their places.
 *
 * @param ids    the request for the first list, without a page number
 * @param labels the same for the second
 */
public record LabelLists(ApiRequest ids, ApiRequest labels) {

    /** In characters; no vendor shows a longer label, and a state must stay small. */
    private static final int LONGEST_LABEL = 1_000;

    /** The same requests, each sent once only. */
    LabelLists withoutRetries() {
        return new LabelLists(ids.withoutRetries(), labels.withoutRetries());
    }

    /**
     * The label of each option that both pages contain; empty where the vendor has none. Rows may shift between the two
     * requests, so rows are matched by the record's id. A record may get another option between them: contradicting pairs
     * are left out.
     */
    static Map<Option, String> pairs(Source source, Page page, Page labelPage) {
        Map<String, JsonNode> labelRows = new HashMap<>();
        labelPage.rows().forEach(row -> labelRows.put(id(source, row), row));
        Map<Option, String> pairs = new HashMap<>();
        Set<Option> contradicting = new HashSet<>();
        for (JsonNode row : page.rows()) {
            JsonNode labelRow = labelRows.get(id(source, row));
            for (Option option : labelRow == null ? Set.<Option>of() : Option.of(source, row)) {
                String label = labelRow.path(option.field()).asText("").strip();
                String other = pairs.getOrDefault(option, "");
                if (!label.isEmpty() && !other.isEmpty() && !other.equals(label)) {
                    contradicting.add(option);
                }
                pairs.put(option, label.isEmpty() ? other : label);
            }
        }
        pairs.keySet().removeAll(contradicting);
        pairs.values().removeIf(label -> label.length() > LONGEST_LABEL);
        return pairs;
    }

    private static String id(Source source, JsonNode row) {
        return row.path(source.idField()).asText();
    }
}
