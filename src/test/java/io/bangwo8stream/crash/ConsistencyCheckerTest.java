package io.bangwo8stream.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.change.Fingerprint;
import io.bangwo8stream.standin.HelpDesk;
import io.bangwo8stream.standin.History;
import io.bangwo8stream.standin.Json;
import io.bangwo8stream.standin.Rows;
import io.bangwo8stream.standin.Summaries;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The crash harness finds what it is there to find. */
class ConsistencyCheckerTest {

    private static final Instant ENDED = Instant.parse("2017-08-27T02:21:10Z");

    private final HelpDesk desk = HelpDesk.empty(Clock.systemUTC()).keepHistory();
    private final Timeline timeline = new Timeline();
    private final List<CommittedEvent> events = new ArrayList<>();

    @BeforeEach
    void addRecord() {
        desk.add(Rows.remoteRecord(1, "2017-08-27 10:00:00").put("csStat", 1).put("ChatRecord", 1));
        note(Instant.EPOCH);
    }

    @Test
    void acceptsWhatWasShownInItsOrderThoughSomeWasNotSeen() {
        publish(1);
        changeNote("two");
        changeNote("three");
        publish(3);

        assertThat(checker().isClean()).isTrue();
    }

    @Test
    void acceptsPartsThatAreNewerThanTheRowTheyWereFetchedAfter() {
        desk.setSummary("1", Summaries.filled("总结", "field_1", "later"));
        note(Instant.EPOCH);
        publish(new Content(content(1).row(), content(1).chat(), content(2).summary()));

        assertThat(checker().isClean()).isTrue();
    }

    @Test
    void findsALostLastState() {
        publish(1);
        changeNote("two");

        assertThat(checker().lost()).hasSize(1);
    }

    @Test
    void findsARecordThatWasNeverPublished() {
        assertThat(checker().lost()).containsExactly("record 1 was never published");
    }

    @Test
    void findsAnEventThatRepeatsTheOneBeforeIt() {
        publish(1);
        publish(1);

        assertThat(checker().duplicates()).hasSize(1);
    }

    @Test
    void findsAnOlderVersionAfterANewerOne() {
        changeNote("two");
        publish(2);
        publish(1);
        publish(2);

        assertThat(checker().outOfOrder()).hasSize(1);
        assertThat(checker().lost()).isEmpty();
    }

    @Test
    void findsPartsThatAreOlderThanTheRowTheyWereFetchedAfter() {
        desk.addChat("1", Rows.message(true, "您好", "2017-08-27 10:01:00"));
        note(Instant.EPOCH);
        changeNote("three");
        publish(new Content(content(3).row(), content(1).chat(), content(3).summary()));

        assertThat(checker().neverShown()).hasSize(1);
    }

    @Test
    void findsASecondCreation() {
        publish(1);
        changeNote("two");
        events.add(new CommittedEvent(
                "1", 0, 2, "two", "bangwo8.remote-record.created", Fingerprint.of(Json.array()), content(2)));

        assertThat(checker().duplicates()).hasSize(1);
    }

    @Test
    void missesASummaryOfTheLastRevisitAndNoLaterOne() {
        desk.change("1", row -> row.put("csStat", 5).put("csETime", "2017-08-27 10:21:10"));
        note(ENDED);
        publish(2);
        desk.setSummary("1", Summaries.filled("总结", "field_1", "too late"));
        note(ENDED.plus(Rules.LAST_REVISIT).plusMillis(1));
        assertThat(checker().lost()).isEmpty();

        Timeline inTime = new Timeline();
        desk.history().of("1").forEach(version -> inTime.add(version, ENDED));
        assertThat(ConsistencyChecker.of(Map.of("1", inTime), events).lost()).hasSize(1);
    }

    private void changeNote(String text) {
        desk.change("1", row -> row.put("note", text));
        note(Instant.EPOCH);
    }

    /** Takes the desk's newest version into the timeline. */
    private void note(Instant by) {
        List<History.Version> versions = desk.history().of("1");
        timeline.add(versions.get(versions.size() - 1), by);
    }

    private Content content(int version) {
        return timeline.moments().get(version - 1).content();
    }

    private void publish(int version) {
        publish(content(version));
    }

    private void publish(Content content) {
        Fingerprint document = Fingerprint.of(Json.array()
                .add(content.row().hex())
                .add(content.chat().hex())
                .add(content.summary().hex()));
        events.add(new CommittedEvent(
                "1",
                0,
                events.size(),
                document.hex(),
                "bangwo8.remote-record." + (events.isEmpty() ? "created" : "updated"),
                document,
                content));
    }

    private ConsistencyChecker checker() {
        return ConsistencyChecker.of(Map.of("1", timeline), events);
    }
}
