package io.bangwo8stream.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import io.bangwo8stream.change.Fingerprint;
import io.bangwo8stream.crash.Violations.Kind;
import io.bangwo8stream.standin.HelpDesk;
import io.bangwo8stream.standin.Json;
import io.bangwo8stream.standin.RecordHistory;
import io.bangwo8stream.standin.SampleRows;
import io.bangwo8stream.standin.SampleSummaries;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The crash harness detects each kind of violation. */
class ConsistencyCheckerTest {

    private static final Instant ENDED = Instant.parse("2017-08-27T02:21:10Z");

    private final HelpDesk desk = HelpDesk.empty(Clock.systemUTC()).keepHistory();
    private final Timeline timeline = new Timeline();
    private final List<CommittedEvent<RecordContent>> events = new ArrayList<>();

    @BeforeEach
    void addRecord() {
        desk.add(SampleRows.remoteRecord(1, "2017-08-27 10:00:00")
                .put("csStat", 1)
                .put("ChatRecord", 1));
        addNewestVersion(Instant.EPOCH);
    }

    @Test
    void acceptsEventsInTheOrderOfTheVersionsWhenSomeVersionsAreMissing() {
        publish(1);
        changeNote("two");
        changeNote("three");
        publish(3);

        assertThat(violations().isEmpty()).isTrue();
    }

    @Test
    void acceptsAPartThatIsNewerThanTheRow() {
        desk.setSummary("1", SampleSummaries.filled("总结", "field_1", "later"));
        addNewestVersion(Instant.EPOCH);
        publish(new RecordContent(
                content(1).row(), content(1).chat(), content(2).summary()));

        assertThat(violations().isEmpty()).isTrue();
    }

    @Test
    void reportsALostLastState() {
        publish(1);
        changeNote("two");

        assertThat(violations().of(Kind.LOST)).hasSize(1);
    }

    @Test
    void reportsARecordThatWasNeverPublished() {
        assertThat(violations().of(Kind.LOST)).containsExactly("record 1 was never published");
    }

    @Test
    void reportsAnEventThatRepeatsThePreviousEvent() {
        publish(1);
        publish(1);

        assertThat(violations().of(Kind.DUPLICATE)).hasSize(1);
    }

    @Test
    void reportsAnOlderVersionAfterANewerVersion() {
        changeNote("two");
        publish(2);
        publish(1);
        publish(2);

        assertThat(violations().of(Kind.OUT_OF_ORDER)).hasSize(1);
        assertThat(violations().of(Kind.LOST)).isEmpty();
    }

    @Test
    void reportsAPartThatIsOlderThanTheRow() {
        desk.addChat("1", SampleRows.message(true, "您好", "2017-08-27 10:01:00"));
        addNewestVersion(Instant.EPOCH);
        changeNote("three");
        publish(new RecordContent(
                content(3).row(), content(1).chat(), content(3).summary()));

        assertThat(violations().of(Kind.NEVER_SHOWN)).hasSize(1);
    }

    @Test
    void reportsASecondCreatedEvent() {
        publish(1);
        changeNote("two");
        events.add(new CommittedEvent<>(
                "1", 0, 2, "two", "bangwo8.remote-record.created", Fingerprint.of(Json.array()), content(2)));

        assertThat(violations().of(Kind.DUPLICATE)).hasSize(1);
    }

    @Test
    void reportsAnEventWithTheIdOfAnEarlierEvent() {
        publish(1);
        changeNote("two");
        publish(2);
        changeNote("three");
        events.add(new CommittedEvent<>(
                "1",
                0,
                2,
                events.get(0).id(),
                "bangwo8.remote-record.updated",
                Fingerprint.of(Json.array()),
                content(3)));

        assertThat(violations().of(Kind.REPEATED_ID)).hasSize(1);
    }

    @Test
    void reportsALostSummaryUpToTheLastRevisitAndNoLaterSummary() {
        desk.change("1", row -> row.put("csStat", 5).put("csETime", "2017-08-27 10:21:10"));
        addNewestVersion(ENDED);
        publish(2);
        desk.setSummary("1", SampleSummaries.filled("总结", "field_1", "too late"));
        addNewestVersion(ENDED.plus(CrashTimings.LAST_REVISIT).plusMillis(1));
        assertThat(violations().of(Kind.LOST)).isEmpty();

        Timeline inTime = new Timeline();
        desk.history().of("1").forEach(version -> inTime.add(version, ENDED));
        assertThat(ConsistencyChecker.check(Map.of("1", inTime), events).of(Kind.LOST))
                .hasSize(1);
    }

    @Test
    void acceptsADeletionAndASecondCreation() {
        publish(1);
        remove();
        publishDeletion();
        assertThat(violations().isEmpty()).isTrue();

        desk.add(SampleRows.remoteRecord(1, "2017-08-27 10:00:00"));
        addNewestVersion(ENDED);
        publish(3);
        assertThat(violations().isEmpty()).isTrue();
    }

    @Test
    void reportsARecordThatIsGoneAndNotDeleted() {
        publish(1);
        remove();

        assertThat(violations().of(Kind.NOT_DELETED)).hasSize(1);
    }

    @Test
    void acceptsThatARecordWasGoneBeforeItWasPublished() {
        remove();

        assertThat(violations().isEmpty()).isTrue();
    }

    @Test
    void reportsTheDeletionOfARecordThatExists() {
        publish(1);
        publishDeletion();

        assertThat(violations().of(Kind.WRONGLY_DELETED)).hasSize(1);
        assertThat(violations().of(Kind.LOST)).hasSize(1);
    }

    @Test
    void reportsTheDeletionOfARecordThatWasGoneForAMomentOnly() {
        publish(1);
        remove();
        desk.add(SampleRows.remoteRecord(1, "2017-08-27 10:00:00"));
        addNewestVersion(Instant.EPOCH.plus(CrashTimings.SWEEP_INTERVAL).minusMillis(1));
        publishDeletion();
        publish(3);

        assertThat(violations().of(Kind.WRONGLY_DELETED)).hasSize(1);
        assertThat(violations().of(Kind.LOST)).isEmpty();
    }

    @Test
    void reportsASecondDeletion() {
        publish(1);
        remove();
        publishDeletion();
        publishDeletion();

        assertThat(violations().of(Kind.DUPLICATE)).isNotEmpty();
    }

    @Test
    void reportsAnUpdateAfterADeletion() {
        publish(1);
        remove();
        publishDeletion();
        desk.add(SampleRows.remoteRecord(1, "2017-08-27 10:00:00"));
        addNewestVersion(ENDED);
        publish(content(3), "updated");

        assertThat(violations().of(Kind.DUPLICATE)).hasSize(1);
    }

    private void remove() {
        desk.remove("1");
        addNewestVersion(Instant.EPOCH);
    }

    private void publishDeletion() {
        events.add(new CommittedEvent<>(
                "1",
                0,
                events.size(),
                "id" + events.size(),
                "bangwo8.remote-record.deleted",
                Fingerprint.of(NullNode.getInstance()),
                null));
    }

    private void changeNote(String text) {
        desk.change("1", row -> row.put("note", text));
        addNewestVersion(Instant.EPOCH);
    }

    /** Adds the desk's newest version to the timeline. */
    private void addNewestVersion(Instant by) {
        List<RecordHistory.Version> versions = desk.history().of("1");
        timeline.add(versions.get(versions.size() - 1), by);
    }

    private RecordContent content(int version) {
        return timeline.entries().get(version - 1).content();
    }

    private void publish(int version) {
        publish(content(version));
    }

    private void publish(RecordContent content) {
        boolean first = events.isEmpty() || events.get(events.size() - 1).isDeletion();
        publish(content, first ? "created" : "updated");
    }

    private void publish(RecordContent content, String type) {
        Fingerprint document = Fingerprint.of(Json.array()
                .add(content.row().hex())
                .add(content.chat().hex())
                .add(content.summary().hex()));
        events.add(new CommittedEvent<>(
                "1", 0, events.size(), "id" + events.size(), "bangwo8.remote-record." + type, document, content));
    }

    private Violations violations() {
        return ConsistencyChecker.check(Map.of("1", timeline), events);
    }
}
