package io.bangwo8stream.standin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The responses of {@code servicesummary/{id}.json}. */
public final class SampleSummaries {

    private SampleSummaries() {}

    /**
     * A filled in summary.
     *
     * @param keysAndValues custom fields: key, value, key, value…
     */
    public static ObjectNode filled(String template, String... keysAndValues) {
        ObjectNode response = Json.object().put("status", "200").put("message", "Successful");
        ObjectNode summary = response.putObject("data").putObject("serviceSummary");
        summary.put("ticketTemplateName", template);
        ArrayNode fields = summary.putArray("custom_fields");
        for (int i = 0; i < keysAndValues.length; i += 2) {
            fields.addObject().put("key", keysAndValues[i]).put("value", keysAndValues[i + 1]);
        }
        return response;
    }

    /** The response when no summary template is bound to the account. */
    public static ObjectNode noTemplate() {
        return Json.object().put("status", "120001").put("message", "No service summary template");
    }

    /** The response when the agent has not filled in the summary yet. */
    public static ObjectNode notFilled() {
        return Json.object().put("status", "120002").put("message", "No service summary information");
    }
}
