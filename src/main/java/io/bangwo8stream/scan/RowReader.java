package io.bangwo8stream.scan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.api.ApiRequest;
import io.bangwo8stream.api.Page;
import io.bangwo8stream.label.LabelResolver;
import io.bangwo8stream.record.RecordTyper;
import io.bangwo8stream.record.TypedRecord;
import io.bangwo8stream.source.Source;
import java.util.List;
import java.util.Optional;

/** Types the rows of a page, finds their ids, and gives them the texts of their ids. */
final class RowReader {

    private final Source source;
    private final RecordTyper typer;
    private final LabelResolver texts;
    private final Optional<ApiRequest> listWithTexts;
    private final boolean patient;

    /** @param patient whether the parts of its records have time */
    RowReader(Source source, RecordTyper typer, LabelResolver texts, Optional<ApiRequest> listWithTexts, boolean patient) {
        this.source = source;
        this.typer = typer;
        this.texts = texts;
        this.listWithTexts = listWithTexts;
        this.patient = patient;
    }

    /**
     * The records of a page; one that cannot be understood is a record that has failed.
     *
     * @throws io.bangwo8stream.api.ApiException when the list with the texts is needed and does not answer
     */
    List<FetchedRecord> read(Page page) {
        listWithTexts.ifPresent(request -> texts.learn(source, page, request));
        return page.rows().stream().map(this::read).toList();
    }

    /** The record of one row. */
    FetchedRecord read(JsonNode row) {
        if (!(row instanceof ObjectNode object)) {
            return FetchedRecord.broken(row, "not-an-object", "a row of " + source.list().items() + " is no JSON object");
        }
        TypedRecord typed = typer.type(object, source.fields());
        JsonNode id = typed.record().path(source.idField());
        if (!id.isValueNode() || id.isNull() || id.asText().isBlank()) {
            return FetchedRecord.broken(row, "missing-id", "the row has no usable " + source.idField());
        }
        texts.label(source, typed);
        FetchedRecord record = FetchedRecord.of(id.asText(), row, typed, patient);
        if (texts.isAwaited(source, row)) {
            record.leave();
        }
        return record;
    }
}
