package io.bangwo8stream.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import java.util.Optional;

/** Parses responses of {@code GET /servicesummary/{id}.json}; 120001 and 120002 are normal responses. */
public final class ServiceSummaryParser {
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
    public ServiceSummaryParser(RecordTyper typer, FieldTable table) {
        this.typer = Objects.requireNonNull(typer, "typer");
        this.table = Objects.requireNonNull(table, "table");
    }

    /**
     * Parses the body of a response. The {@code record} of the result is the event's {@code serviceSummary}: its
     * {@code status} is {@code filled}, {@code not_filled} or {@code no_template}; a filled one always contains
     * {@code ticketTemplateName} and {@code custom_fields}. {@code unparsed} contains original values that do not fit
     * their types, under keys such as {@code serviceSummary.custom_fields}.
     *
     * @return empty if the vendor does not document such a body; the caller treats it as an API error
     */
    public Optional<TypedRecord> parse(JsonNode response) {
        JsonNode status = NumberParser.parseInteger(response.path(STATUS));
        return switch (status.isInt() ? status.intValue() : 0) {
            case SUCCESSFUL -> parseSuccessful(response.path("data"));
            case NO_TEMPLATE -> Optional.of(withStatus("no_template"));
            case NOT_FILLED -> Optional.of(withStatus("not_filled"));
            default -> Optional.empty();
        };
    }

    private Optional<TypedRecord> parseSuccessful(JsonNode data) {
        JsonNode summary = data.isObject() ? data.path(PATH) : data;
        // PHP writes an empty map as []; a summary that is not filled in is null or absent.
        if (isEmpty(summary)) {
            return Optional.of(withStatus("not_filled"));
        }
        return data.isObject() && summary.isObject()
                ? Optional.of(parseFilled((ObjectNode) summary))
                : Optional.empty();
    }

    private TypedRecord parseFilled(ObjectNode summary) {
        TypedRecord typed = typer.type(summary, table);
        TypedRecord filled = withStatus("filled");
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

    private static TypedRecord withStatus(String status) {
        return new TypedRecord(LenientJson.object().put(STATUS, status), LenientJson.object(), LenientJson.object());
    }

    private static boolean isEmpty(JsonNode node) {
        return node.isMissingNode()
                || node.isNull()
                || node.isContainerNode() && node.isEmpty()
                || node.isTextual() && node.textValue().isBlank();
    }
}
