package io.bangwo8stream.scan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.api.Page;
import io.bangwo8stream.api.PageSplitter;
import io.bangwo8stream.change.Fingerprint;
import io.bangwo8stream.label.LabelLists;
import io.bangwo8stream.label.LabelResolver;
import io.bangwo8stream.record.RecordTyper;
import io.bangwo8stream.record.TypedRecord;
import io.bangwo8stream.source.Source;
import io.bangwo8stream.text.SafeText;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Types the rows of a page, finds their ids, and adds their labels. */
final class RowReader {

    /** In characters; the id is the key, and a header, of every event of the record. */
    private static final int LONGEST_ID = 1_000;

    private final Source source;
    private final Function<ObjectNode, TypedRecord> typing;
    private final LabelResolver labels;
    private final SchemaDrift drift;
    private final Optional<LabelLists> labelLists;
    private final boolean checksLabels;
    private final boolean lowPriority;
    private final FoundRecords found;
    private final SeenRecords seen;

    /**
     * @param checksLabels whether known labels are requested again after a while
     * @param lowPriority  whether the requests for the parts of its records have low priority
     */
    RowReader(
            Source source,
            RecordTyper typer,
            LabelResolver labels,
            SchemaDrift drift,
            Optional<LabelLists> labelLists,
            boolean checksLabels,
            boolean lowPriority) {
        this(
                source,
                typing(source, typer, labels),
                labels,
                drift,
                labelLists,
                checksLabels,
                lowPriority,
                new FoundRecords(),
                new SeenRecords());
    }

    private RowReader(
            Source source,
            Function<ObjectNode, TypedRecord> typing,
            LabelResolver labels,
            SchemaDrift drift,
            Optional<LabelLists> labelLists,
            boolean checksLabels,
            boolean lowPriority,
            FoundRecords found,
            SeenRecords seen) {
        this.source = source;
        this.typing = typing;
        this.labels = labels;
        this.drift = drift;
        this.labelLists = labelLists;
        this.checksLabels = checksLabels;
        this.lowPriority = lowPriority;
        this.found = found;
        this.seen = seen;
    }

    /**
     * The same for a list whose rows may be known: they are not read again.
     *
     * @param found records of other lists
     * @param seen  records of earlier passes
     */
    RowReader knowing(FoundRecords found, SeenRecords seen) {
        return new RowReader(source, typing, labels, drift, labelLists, checksLabels, lowPriority, found, seen);
    }

    /**
     * The records of a page; an unusable row is a record that has failed.
     *
     * @param pageSize rows of a full page
     * @throws io.bangwo8stream.api.ApiException when the list with the labels is needed and fails
     */
    List<FetchedRecord> read(Page page, int pageSize) {
        labelLists.ifPresent(lists -> labels.learn(source, page, pageSize, lists, checksLabels));
        return page.rows().stream().map(this::read).toList();
    }

    /** The records of a page whose labels cannot be requested, because the page itself fails as a whole. */
    List<FetchedRecord> readWithoutLabels(Page page) {
        return page.rows().stream().map(this::read).toList();
    }

    /** A row that the API cannot send: a record without an id that has failed. */
    FetchedRecord unreadable(PageSplitter.Unreadable row) {
        String next = row.neighbour().path(source.idField()).asText("");
        return FetchedRecord.unreadable(
                source,
                next,
                "row " + row.position() + " of the list cannot be read"
                        + (next.isEmpty() ? "" : ", next to the record " + next) + ": "
                        + row.cause().getMessage());
    }

    /** The record of one row. */
    FetchedRecord read(JsonNode row) {
        if (!(row instanceof ObjectNode object)) {
            return FetchedRecord.broken(
                    source,
                    row,
                    FailureReasons.NOT_AN_OBJECT,
                    "a row of " + source.list().recordsPath() + " is no JSON object");
        }
        long sent = 31 * Fingerprint.ofSent(row) + labels.version(source);
        return known(object, sent).orElseGet(() -> read(object, sent));
    }

    private Optional<FetchedRecord> known(ObjectNode row, long sent) {
        String id = row.path(source.idField()).asText();
        FetchedRecord ofOtherList = found.readFrom(id, sent);
        if (ofOtherList != null) {
            return Optional.of(ofOtherList);
        }
        return seen.before(id, sent)
                .map(digest -> ListedRow.known(source, row, digest, typing))
                .map(known -> new FetchedRecord(source, id, known, lowPriority));
    }

    /** Keeps nothing of the pass: a record may outlive it. */
    private static Function<ObjectNode, TypedRecord> typing(Source source, RecordTyper typer, LabelResolver labels) {
        return row -> {
            TypedRecord typed = typer.type(row, source.fields());
            labels.label(source, typed);
            return typed;
        };
    }

    private FetchedRecord read(ObjectNode row, long sent) {
        TypedRecord typed = typing.apply(row);
        drift.of(source, typed);
        JsonNode id = typed.record().path(source.idField());
        if (!id.isValueNode() || id.isNull() || id.asText().isBlank()) {
            return FetchedRecord.broken(
                    source, row, FailureReasons.MISSING_ID, "the row has no usable " + source.idField());
        }
        if (id.asText().length() > LONGEST_ID || SafeText.hasControls(id.asText())) {
            return FetchedRecord.broken(
                    source,
                    row,
                    FailureReasons.UNUSABLE_ID,
                    "the " + source.idField() + " of the row has " + id.asText().length() + " characters: an id has no"
                            + " control characters and at most " + LONGEST_ID);
        }
        ListedRow listed = ListedRow.typed(source, row, typed, sent, typing);
        FetchedRecord record = new FetchedRecord(source, id.asText(), listed, lowPriority);
        if (labels.isAwaited(source, row)) {
            record.defer();
        }
        return record;
    }
}
