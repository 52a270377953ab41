package io.bangwo8stream.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.record.UnreadableJsonException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class StateJsonTest {

    private static final int DAY = (int) LocalDate.of(2026, 1, 31).toEpochDay();

    @Provide
    Arbitrary<RecordState> states() {
        Arbitrary<Long> time = Arbitraries.longs().between(0, Long.MAX_VALUE);
        return Combinators.combine(
                        Arbitraries.longs(),
                        Arbitraries.longs(),
                        Arbitraries.longs(),
                        Arbitraries.integers().between(-1_000_000, 1_000_000),
                        Arbitraries.of(true, false),
                        time,
                        time)
                .flatAs((rowFingerprint, high, low, day, open, ended, due) -> Combinators.combine(
                                Arbitraries.integers().between(0, Integer.MAX_VALUE), Arbitraries.of(true, false))
                        .as((failures, deadLettered) -> new RecordState(
                                rowFingerprint, high, low, day, open, ended, due, failures, deadLettered)));
    }

    @Property
    void readsEveryStateThatWasWritten(@ForAll("states") RecordState state) throws UnreadableJsonException {
        assertThat(StateJson.read(LenientJson.read(StateJson.write(state)))).isEqualTo(state);
    }

    @Test
    void writesAStateAsReadableJson() {
        assertThat(json(new RecordState(1, 2, -1, DAY, true, 10, 20, 3, true))).isEqualTo("""
                {"row":"0000000000000001","published":"0000000000000002ffffffffffffffff","day":"2026-01-31",\
                "open":true,"endedAt":10,"dueAt":20,"failures":3,"deadLettered":true}""");
    }

    @Test
    void omitsMembersThatAreNotSet() {
        assertThat(json(new RecordState(-1, 0, 0, DAY, false, 0, 0, 0, false)))
                .isEqualTo("{\"row\":\"ffffffffffffffff\",\"day\":\"2026-01-31\"}");
    }

    @Test
    void writesAndReadsTheListsThatContainARecordAndSinceWhenItIsMissing() throws UnreadableJsonException {
        RecordState state = new RecordState(1, 2, 3, DAY, false, 0, 0, 0, false)
                .seenAlsoIn(List.of("/b.json"))
                .seenAlsoIn(List.of("/a.json"))
                .missingSince(5);

        assertThat(json(state)).endsWith("\"lists\":[\"/a.json\",\"/b.json\"],\"missingSince\":5}");
        assertThat(StateJson.read(LenientJson.read(StateJson.write(state)))).isEqualTo(state);
        assertThat(state.seenAlsoIn(List.of("/a.json")).presence().missingSince())
                .as("a sighting ends the absence")
                .isZero();
    }

    private static String json(RecordState state) {
        return new String(StateJson.write(state), StandardCharsets.UTF_8);
    }
}
