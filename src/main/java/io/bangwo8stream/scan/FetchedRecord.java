package io.bangwo8stream.scan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.api.ApiRequest;
import io.bangwo8stream.change.Fingerprint;
import io.bangwo8stream.change.RevisitPolicy;
import io.bangwo8stream.record.EventValue;
import io.bangwo8stream.record.TypedRecord;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;

/**
 * A record on its way from the list to Kafka. One thread works on it at a time.
 */
@RegisterForReflection
public final class FetchedRecord {

    private final String id;
    private final JsonNode payload;
    private final TypedRecord typed;
    private final boolean lowPriority;
    private long row;
    private RevisitPolicy.Row summary;
    private final EventValue value;
    private long fetchStartedAt;
    private Fingerprint fingerprint;
    private Failure failure;
    private boolean payloadDropped;
    private boolean left;

    private FetchedRecord(String id, JsonNode payload, TypedRecord typed, long row, boolean lowPriority) {
        this.id = id;
        this.payload = payload;
        this.typed = typed;
        this.row = row;
        this.lowPriority = lowPriority;
        this.value = typed == null ? null : new EventValue(typed);
    }

    /** @param lowPriority whether its parts have time */
    static FetchedRecord of(String id, JsonNode payload, TypedRecord typed, boolean lowPriority) {
        return new FetchedRecord(id, payload, typed, Fingerprint.ofRow(typed), lowPriority);
    }

    static FetchedRecord broken(JsonNode payload, String reason, String error) {
        FetchedRecord broken = new FetchedRecord(null, payload, null, Fingerprint.ofRow(payload), false);
        broken.fail(reason, error);
        return broken;
    }

    /**
     * Why a record could not be published.
     *
     * @param reason one of the tokens of the dead letter's schema
     * @param error  what went wrong, for a person
     */
    public record Failure(String reason, String error) {}

    /** Its id, or {@code null} where it has none. */
    public String id() {
        return id;
    }

    /** The request for one of its parts; {@code {id}} in the template stands for its id. */
    public ApiRequest request(String template, Map<String, String> query) {
        return ApiRequest.of(template, id, query).lowPriority(lowPriority);
    }

    /** The row as it was received. */
    public JsonNode payload() {
        return payload;
    }

    /** Says that even its dead letter is too large: it goes without the row. */
    public void dropPayload() {
        payloadDropped = true;
    }

    public boolean isPayloadDropped() {
        return payloadDropped;
    }

    public TypedRecord typed() {
        return typed;
    }

    /** The fingerprint of the typed row. */
    public long row() {
        return row;
    }

    /** What the row says of the record, read once, since times are costly to read. */
    public RevisitPolicy.Row row(Scan scan) {
        if (summary == null) {
            summary = scan.source().row(this, scan.window());
        }
        return summary;
    }

    /**
     * Adds a joined part.
     *
     * @param name     that it has in the event
     * @param labels   texts of its coded fields
     * @param unparsed originals of values that did not fit their types
     */
    public void add(String name, JsonNode part, ObjectNode labels, ObjectNode unparsed) {
        value.add(name, part, labels, unparsed);
    }

    /** Says that its parts are fetched from {@code now} on, in epoch milliseconds. */
    public void startFetch(long now) {
        fetchStartedAt = now;
    }

    /** When its parts began to be fetched, in epoch milliseconds: what changed later was not seen. */
    public long fetchStartedAt() {
        return fetchStartedAt;
    }

    /** Adds the ids of the lists that hold the record; that another list holds it changes the record. */
    void addMembership(String name, ArrayNode lists) {
        if (value != null) {
            value.add(name, lists);
            row = 31 * row + Fingerprint.ofRow(lists);
        }
    }

    /** Leaves the record to a later walk, or to another source of the stream, which will know more of it. */
    void defer() {
        left = true;
    }

    public boolean isDeferred() {
        return left;
    }

    /** Says that every part has been fetched. */
    public void joined() {
        fingerprint = Fingerprint.of(document());
    }

    public void fail(String reason, String error) {
        failure = new Failure(reason, error);
    }

    /** Whether the record was fetched wholly in this walk; an unchanged one is not. */
    public boolean isJoined() {
        return fingerprint != null && failure == null;
    }

    /** The fingerprint of the joined document. */
    public Fingerprint fingerprint() {
        return fingerprint;
    }

    /** Under which its state is kept: its id, or where it has none, its content. */
    public String key() {
        return id == null ? "#" + Long.toHexString(row) : id;
    }

    public Failure failure() {
        return failure;
    }

    /** Whether another try may succeed though nothing changes. */
    public boolean isRetryable() {
        return failure.reason().equals("join-failed");
    }

    /** The event's value: record, labels, the joined parts, and what could not be parsed. */
    public ObjectNode document() {
        return value.toJson();
    }
}
