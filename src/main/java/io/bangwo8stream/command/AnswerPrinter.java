package io.bangwo8stream.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.text.SafeText;

/** Prints the answers to a command as they come; the leader may write one again that says nothing new. */
final class AnswerPrinter {

    private final Output out;
    private Object printed;

    AnswerPrinter(Output out) {
        this.out = out;
    }

    void print(JsonNode answer) {
        Object said = out.isJson() ? withoutTime(answer) : line(answer);
        if (said.equals(printed)) {
            return;
        }
        printed = said;
        if (out.isJson()) {
            out.json(answer);
        } else {
            out.line(line(answer));
        }
    }

    private static String line(JsonNode answer) {
        return answer.path("state").asText() + ": "
                + SafeText.of(answer.path("message").asText());
    }

    private static JsonNode withoutTime(JsonNode answer) {
        return answer instanceof ObjectNode object ? object.deepCopy().without("writtenAt") : answer;
    }
}
