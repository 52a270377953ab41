package io.bangwo8stream.scan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.bangwo8stream.api.ApiRequest;
import io.bangwo8stream.change.DocumentHash;
import io.bangwo8stream.change.Fingerprint;
import io.bangwo8stream.change.RecordState;
import io.bangwo8stream.change.RevisitPolicy;
import io.bangwo8stream.record.EventValue;
import io.bangwo8stream.record.TypedRecord;
import io.bangwo8stream.record.UnusableValue;
import io.bangwo8stream.source.Source;
import io.bangwo8stream.text.SafeText;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Collection;
import java.util.List;

/** A record on its way from the list to Kafka. One thread works on it at a time; {@link JoinProgress} hands it over. */
@RegisterForReflection
public final class FetchedRecord {

    private static final int PRINTED = 200;

    private final Source source;
    private final String id;
    private final ListedRow row;
    private final boolean lowPriority;
    private long rowFingerprint;
    private RevisitPolicy.RowSummary summary;
    private ArrayNode memberships;
    private EventValue value;
    private final JoinProgress join = new JoinProgress();
    private DocumentHash hash;
    private Failure failure;
    private boolean payloadDropped;
    private boolean deferred;
    private List<String> lists = List.of();
    private boolean allListsKnown;
    private boolean unlisted;

    /** @param lowPriority whether the requests for its parts have low priority */
    FetchedRecord(Source source, String id, ListedRow row, boolean lowPriority) {
        this.source = source;
        this.id = id;
        this.row = row;
        this.rowFingerprint = row.digest().fingerprint();
        this.lowPriority = lowPriority;
    }

    /** A row that is no usable record. */
    static FetchedRecord broken(Source source, JsonNode payload, String reason, String error) {
        FetchedRecord broken = untypable(source, payload, payload);
        broken.fail(reason, error);
        return broken;
    }

    /**
     * A row that the API cannot send. Its neighbour identifies it, since positions shift with every new record.
     *
     * @param neighbour id of a record next to it in the list
     */
    static FetchedRecord unreadable(Source source, String neighbour, String error) {
        JsonNode place = TextNode.valueOf(source.name() + " next to " + neighbour);
        FetchedRecord unreadable = untypable(source, NullNode.getInstance(), place);
        unreadable.fail(FailureReasons.UNREADABLE_ROW, error);
        return unreadable;
    }

    /** @param identity what tells the row from others */
    private static FetchedRecord untypable(Source source, JsonNode payload, JsonNode identity) {
        long fingerprint = Fingerprint.ofRow(identity, source.fields());
        return new FetchedRecord(source, null, ListedRow.untypable(payload, fingerprint), false);
    }

    /**
     * Why a record could not be published.
     *
     * @param reason one of the tokens of the dead letter's schema
     * @param error  what went wrong, in words
     * @param endpoint of the request that failed, or {@code null}
     */
    public record Failure(String reason, String error, String endpoint) {

        public Failure {
            error = SafeText.of(error);
        }
    }

    /** Its id, or {@code null} where it has none. */
    public String id() {
        return id;
    }

    /** The request for one of its parts; see {@link ApiRequest#of(String, String)} for the template. */
    public ApiRequest request(String template) {
        return ApiRequest.of(template, id).lowPriority(lowPriority).forStream(source.stream());
    }

    /** The size of its content, in bytes; 0 for one that is no usable record. */
    int size() {
        return row.digest().size();
    }

    /** What is known of its row without reading it again. */
    RowDigest digest() {
        return row.digest();
    }

    /** Keeps only the bytes of its row, where they say all: not why it failed, and no value that JSON cannot represent. */
    void pack() {
        if (failure == null && !UnusableValue.isIn(payload())) {
            row.pack();
        }
    }

    /** The row as it was received. */
    public JsonNode payload() {
        return row.sent();
    }

    /** Leaves the row out of its dead letter, which is too large with it. */
    public void dropPayload() {
        payloadDropped = true;
    }

    public boolean isPayloadDropped() {
        return payloadDropped;
    }

    /** The typed row, or {@code null} for a row that is no usable record. */
    public TypedRecord typed() {
        return row.typed();
    }

    /** The fingerprint of the typed row, and of the lists that contain the record. */
    public long rowFingerprint() {
        return rowFingerprint;
    }

    /** What decides when the record is fetched again; read once, since parsing times is costly. */
    public RevisitPolicy.RowSummary rowSummary(Scan scan) {
        if (summary == null) {
            summary = new RowSummarizer(scan.source(), scan.window()).summarize(this);
        }
        return summary;
    }

    /**
     * Adds a joined part.
     *
     * @param name     its member in the event
     * @param labels   labels of its coded fields
     * @param unparsed originals of values that did not fit their types
     */
    public void add(String name, JsonNode part, ObjectNode labels, ObjectNode unparsed) {
        value().add(name, part, labels, unparsed);
    }

    private EventValue value() {
        if (value == null) {
            value = new EventValue(typed());
            if (memberships != null) {
                value.add(source.list().membershipField().orElseThrow(), memberships);
            }
        }
        return value;
    }

    /** How far its join is. */
    public JoinProgress join() {
        return join;
    }

    /** When the product started to fetch its parts, in epoch milliseconds; it has not seen later changes. */
    public long fetchStartedAt() {
        return join.dueSince();
    }

    /** Drops the outcome of its join, which is made again. */
    void resetJoin() {
        hash = null;
        failure = null;
    }

    /** Adds the ids of the lists containing the record; another set of lists is a change of the record. */
    void addMembership(ArrayNode ids) {
        if (row.isTypable()) {
            memberships = ids;
            rowFingerprint = 31 * rowFingerprint + Fingerprint.ofLists(ids);
        }
    }

    /** Records the name of a list that contains the record; others may contain it too. */
    void listedIn(String name) {
        lists = List.of(name);
    }

    /** Records the names of the lists that contain the record; no other does. */
    void listedOnlyIn(Collection<String> names) {
        lists = List.copyOf(names);
        allListsKnown = true;
    }

    /** The state of the record after a scan has seen it, whatever becomes of its content. */
    public RecordState seen(RecordState state) {
        if (id == null) {
            return state;
        }
        return allListsKnown ? state.seenOnlyIn(lists) : state.seenAlsoIn(lists);
    }

    /** Records that no more is known about the record than that no list contains it any more. */
    void unlisted() {
        unlisted = true;
    }

    public boolean isUnlisted() {
        return unlisted;
    }

    /** Defers the record to a later scan, or to another source of the stream that knows its labels. */
    public void defer() {
        deferred = true;
    }

    public boolean isDeferred() {
        return deferred;
    }

    /** Computes its hashes, once every part has been added. */
    public void joined() {
        hash = DocumentHash.of(document(), source.fields(), row.content());
    }

    public void fail(String reason, String error) {
        fail(reason, error, null);
    }

    /** The same for a request to {@code endpoint} that failed. */
    public void fail(String reason, String error, String endpoint) {
        failure = new Failure(reason, error, endpoint);
    }

    /** Records a failure of an earlier join as the failure of this one. */
    public void fail(Failure earlier) {
        failure = earlier;
    }

    /** Whether this scan fetched the record with all its parts; it does not for an unchanged one. */
    public boolean isJoined() {
        return hash != null && failure == null;
    }

    /** The hashes of the joined document. */
    public DocumentHash hash() {
        return hash;
    }

    /** The key of its state: its id, or where it has none, a hash of its content. */
    public String key() {
        return id == null ? "#" + Long.toHexString(rowFingerprint) : id;
    }

    public Failure failure() {
        return failure;
    }

    /** Whether another attempt may succeed although nothing changes. */
    public boolean isRetryable() {
        return failure.reason().equals(FailureReasons.JOIN_FAILED);
    }

    /** The event's value: record, labels, the joined parts, and what could not be parsed. */
    public ObjectNode document() {
        return value().toJson();
    }

    /** {@code remote-records/123 {"csId":"123",…}}: source, id and the first 200 characters of the row. */
    @Override
    public String toString() {
        String text = row.text();
        return source.name() + "/" + id + " " + (text.length() > PRINTED ? text.substring(0, PRINTED) + "…" : text);
    }
}
