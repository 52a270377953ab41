package io.bangwo8stream.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.change.DocumentHash;
import io.bangwo8stream.change.Fingerprint;
import io.bangwo8stream.change.RecordState;
import io.bangwo8stream.change.RevisitPolicy;
import io.bangwo8stream.kafka.PublishedEvent;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.source.Source;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateFromEventTest {

    private static final Instant NOW = Instant.parse("2026-01-31T02:00:00Z");
    private static final LocalDate TODAY = LocalDate.of(2026, 1, 31);
    private static final RevisitPolicy POLICY =
            new RevisitPolicy(List.of(Duration.ofHours(1), Duration.ofDays(1)), Duration.ofSeconds(1), false);

    private final Source source = TestSource.remoteRecords();

    private Optional<RecordState> read(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return new StateFromEvent(source, POLICY, TODAY)
                .read(new PublishedEvent("7", bytes, new Fingerprint(1, 2), new Fingerprint(3, 4)), NOW.toEpochMilli());
    }

    @Test
    void isTheStateThatWasStoredWithTheEventButOfAnotherRow() throws Exception {
        FetchedRecord fetched = TestSource.fetched(TestSource.row(7, 5, "a"));
        fetched.add(
                "chatRecords",
                LenientJson.read("[{\"msg\": \"kj\", \"spokesman_identity\": 2}]".getBytes()),
                LenientJson.object(),
                LenientJson.object());
        fetched.joined();
        DocumentHash hash = fetched.hash();
        RecordState stored = POLICY.published(
                        null, fetched.rowSummary(TestSource.scan(source)), hash.content(), NOW.toEpochMilli())
                .withEvent(new Fingerprint(1, 2), hash.parts());
        byte[] value = LenientJson.write(fetched.document());

        RecordState read = new StateFromEvent(source, POLICY, TODAY)
                .read(new PublishedEvent("7", value, new Fingerprint(1, 2), hash.content()), NOW.toEpochMilli())
                .orElseThrow();

        assertThat(read.rowFingerprint()).isNotEqualTo(stored.rowFingerprint());
        assertThat(read)
                .usingRecursiveComparison()
                .ignoringFields("rowFingerprint")
                .isEqualTo(stored);
        assertThat(read.dueAt()).as("the revisit a day after the end").isPositive();
    }

    @Test
    void takesWhatIsKnownOfAnUnlistedRecordForItsContent() {
        RecordState state =
                read("{\"record\":{\"csId\":7},\"labels\":{},\"views\":[]}").orElseThrow();

        assertThat(state.hasPublished(new Fingerprint(3, 4))).isTrue();
        assertThat(state.chain().eventId()).isEqualTo(new Fingerprint(1, 2));
        assertThat(state.presence().lists()).isEmpty();
        assertThat(LocalDate.ofEpochDay(state.day())).isEqualTo(TODAY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "7", "{}", "{\"record\":7}"})
    void leavesOutWhatTheProductDoesNotWrite(String value) {
        assertThat(read(value)).isEmpty();
    }
}
