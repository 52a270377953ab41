package io.bangwo8stream.change;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.record.FieldTable;
import java.util.List;
import java.util.Map;

/**
 * The hashes of a joined document.
 *
 * @param content fingerprint of the whole document
 * @param parts   hashes of its parts
 * @param joined  names of its joined parts, sorted
 */
public record DocumentHash(Fingerprint content, PartHashes parts, List<String> joined) {

    /**
     * The hashes of the value of an event.
     *
     * @param fields the fields of its record
     */
    public static DocumentHash of(ObjectNode document, FieldTable fields) {
        return of(document, fields, Map.of());
    }

    /**
     * The same of a document with this row.
     *
     * @param fields the fields of the row
     */
    public static DocumentHash of(ObjectNode document, FieldTable fields, RowContent row) {
        // Most of a document is the row, whose canonical form is known by then.
        return of(document, fields, Map.of(PartHashes.RECORD, row.record()));
    }

    private static DocumentHash of(ObjectNode document, FieldTable fields, Map<String, byte[]> known) {
        PartHashes.Collector parts = new PartHashes.Collector();
        Fingerprint content = Fingerprint.of(
                new CanonicalJson().addDocument(document, TextComparison.ofDocument(fields), known, parts::add));
        return new DocumentHash(content, parts.hashes(), joined(document));
    }

    /** Names of the parts that differ from those of the last event, separated by commas. */
    public String changedParts(RecordState before) {
        return parts.changedSince(before.chain().parts(), joined);
    }

    private static List<String> joined(ObjectNode document) {
        return document.properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> !List.of(PartHashes.RECORD, PartHashes.LABELS, PartHashes.UNPARSED)
                        .contains(name))
                .sorted()
                .toList();
    }
}
