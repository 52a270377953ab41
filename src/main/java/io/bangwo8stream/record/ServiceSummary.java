package io.bangwo8stream.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import java.util.Optional;

/** Says what an answer of {@code GET /servicesummary/{id}.json} means; 120001 and 120002 are normal answers. */
public final class ServiceSummary {
    private static final int SUCCESSFUL = 200;
    private static final int NO_TEMPLATE = 120001;
    private static final int NOT_FILLED = 120002;

    private static final String PATH = "serviceSummary";
    private static final String STATUS = "status";
    private static final String TEMPLATE_NAME = "ticketTemplateName";
    private static final String CUSTOM_FIELDS = "custom_fields";

    private final RecordTyper typer;
    private final FieldTable table;

    /** @param table the summary's table, usually {@code FieldTable.bundled("service-summary")} */
    public ServiceSummary(RecordTyper typer, FieldTable table) {
        this.typer = Objects.requireNonNull(typer, "typer");
        this.table = Objects.requireNonNull(table, "table");
    }

    /**
     * Interprets an answer's body. The {@code record} of the result is the event's {@code serviceSummary}: its
     * {@code status} is {@code filled}, {@code not_filled} or {@code no_template}, and when filled
     * {@code ticketTemplateName} and {@code custom_fields} are always there. Originals that did not fit stand under
     * {@code unparsed} with keys such as {@code serviceSummary.custom_fields}.
     *
     * @return empty when the body is none of the answers the vendor documents, which the caller treats as an API error
     */
    public Optional<TypedRecord> interpret(JsonNode answer) {
        JsonNode status = Numbers.integer(answer.path(STATUS));
        return switch (status.isInt() ? status.intValue() : 0) {
            case SUCCESSFUL -> successful(answer.path("data"));
            case NO_TEMPLATE -> Optional.of(without("no_template"));
            case NOT_FILLED -> Optional.of(without("not_filled"));
            default -> Optional.empty();
        };
    }

    private Optional<TypedRecord> successful(JsonNode data) {
        JsonNode summary = data.isObject() ? data.path(PATH) : data;
        // PHP writes an empty map as [], and nothing filled in comes as null or not at all.
        if (isNothing(summary)) {
            return Optional.of(without("not_filled"));
        }
        return data.isObject() && summary.isObject() ? Optional.of(filled((ObjectNode) summary)) : Optional.empty();
    }

    private TypedRecord filled(ObjectNode summary) {
        TypedRecord typed = typer.type(summary, table);
        TypedRecord filled = without("filled");
        filled.record().set(TEMPLATE_NAME, TypingResult.EMPTY);
        filled.record().setAll(typed.record());
        filled.record().put(STATUS, "filled");
        if (!filled.record().path(CUSTOM_FIELDS).isArray()) {
            filled.record().set(CUSTOM_FIELDS, LenientJson.NODES.arrayNode());
        }
        typed.unparsed()
                .properties()
                .forEach(original -> filled.unparsed().set(PATH + "." + original.getKey(), original.getValue()));
        return filled;
    }

    private static TypedRecord without(String status) {
        return new TypedRecord(LenientJson.object().put(STATUS, status), LenientJson.object(), LenientJson.object());
    }

    private static boolean isNothing(JsonNode node) {
        return node.isMissingNode()
                || node.isNull()
                || node.isContainerNode() && node.isEmpty()
                || node.isTextual() && node.textValue().isBlank();
    }
}
