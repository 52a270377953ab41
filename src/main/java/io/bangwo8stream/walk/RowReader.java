package io.bangwo8stream.walk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.record.RecordTyper;
import io.bangwo8stream.record.TypedRecord;

/** Types the rows of a source and finds their ids. */
final class RowReader {

    private final Source source;
    private final RecordTyper typer;

    RowReader(Source source, RecordTyper typer) {
        this.source = source;
        this.typer = typer;
    }

    /** The record of a row; one that cannot be understood is a record that has failed. */
    ListedRecord read(JsonNode row) {
        if (!(row instanceof ObjectNode object)) {
            return ListedRecord.broken(row, "not-an-object", "a row of " + source.items() + " is no JSON object");
        }
        TypedRecord typed = typer.type(object, source.fields());
        JsonNode id = typed.record().path(source.idField());
        if (!id.isValueNode() || id.isNull() || id.asText().isBlank()) {
            return ListedRecord.broken(row, "missing-id", "the row has no usable " + source.idField());
        }
        return ListedRecord.of(id.asText(), row, typed);
    }
}
