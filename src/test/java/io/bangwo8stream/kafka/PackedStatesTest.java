package io.bangwo8stream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.change.Fingerprint;
import io.bangwo8stream.change.PartHashes;
import io.bangwo8stream.change.RecordCounts;
import io.bangwo8stream.change.RecordState;
import io.bangwo8stream.change.SourceRows;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PackedStatesTest {

    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 1);

    private final SplittableRandom random = new SplittableRandom(8);
    private final PackedStates states = new PackedStates();

    @Test
    void holdsWhatAMapHoldsAfterManyChanges() {
        Map<String, RecordState> expected = new HashMap<>();

        for (int i = 0; i < 200_000; i++) {
            String id = random.nextInt(10) == 0 ? "#ü" + random.nextInt(500) : "" + random.nextInt(20_000);
            if (random.nextInt(4) == 0) {
                states.remove(id);
                expected.remove(id);
            } else {
                RecordState state = randomState();
                states.put(id, state, i);
                expected.put(id, state);
                assertThat(states.sequence(id)).isEqualTo(i);
            }
        }

        assertThat(all(FIRST_DAY, FIRST_DAY.plusDays(89))).isEqualTo(expected);
        assertThat(states.size()).isEqualTo(expected.size());
        expected.forEach((id, state) -> assertThat(states.get(id)).isEqualTo(state));
        assertThat(List.of("", "a", "b", "c"))
                .allSatisfy(owner -> assertThat(states.countsOf(owner)).isEqualTo(counts(expected, owner)));
        assertThat(states.pendingDays())
                .containsExactlyElementsOf(expected.values().stream()
                        .filter(RecordState::isPending)
                        .map(state -> LocalDate.ofEpochDay(state.day()))
                        .sorted()
                        .distinct()
                        .toList());
    }

    @Test
    void findsTheRecordsOfOneDay() {
        Map<String, RecordState> ofDay = new HashMap<>();
        for (int i = 0; i < 30_000; i++) {
            RecordState state = randomState();
            states.put("" + i, state, 1);
            if (state.day() == FIRST_DAY.plusDays(7).toEpochDay()) {
                ofDay.put("" + i, state);
            }
        }

        assertThat(all(FIRST_DAY.plusDays(7), FIRST_DAY.plusDays(7)))
                .isNotEmpty()
                .isEqualTo(ofDay);
        assertThat(states.days(LocalDate.MIN, FIRST_DAY.plusDays(1))).containsExactly(FIRST_DAY, FIRST_DAY.plusDays(1));
    }

    @Test
    void aDayIsNoLongerPendingOnceItsLastPendingRecordIsFinished() {
        RecordState open = new RecordState(1, 2, 3, 20_000, true, 0, 0, 0, false);
        RecordState closed = new RecordState(1, 2, 3, 20_000, false, 0, 0, 0, false);
        states.put("1", open, 1);
        states.put("2", open, 1);

        states.put("1", closed, 2);
        assertThat(states.pendingDays()).containsExactly(LocalDate.ofEpochDay(20_000));
        states.remove("2");
        assertThat(states.pendingDays()).isEmpty();
        assertThat(states.days(LocalDate.MIN, LocalDate.MAX)).containsExactly(LocalDate.ofEpochDay(20_000));
    }

    @Test
    void reclaimsTheMemoryOfStatesThatWereReplaced() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            ids.add("" + i);
        }
        for (int round = 0; round < 40; round++) {
            ids.forEach(id -> states.put(id, randomState(), 1));
        }

        // Without it they would take 40 times the space.
        assertThat(states.allocatedBytes()).isLessThan(5_000 * 200 * 3);
    }

    private Map<String, RecordState> all(LocalDate first, LocalDate last) {
        Map<String, RecordState> found = new HashMap<>();
        states.forEach(
                first, last, (id, state) -> assertThat(found.put(id, state)).isNull());
        return found.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private RecordState randomState() {
        RecordState state = new RecordState(
                random.nextLong(),
                random.nextInt(3),
                random.nextInt(3),
                (int) FIRST_DAY.toEpochDay() + random.nextInt(90),
                random.nextInt(200) == 0,
                random.nextInt(3) == 0 ? 0 : random.nextLong(-1_000, 2_000_000_000_000L),
                random.nextInt(200) == 0 ? random.nextLong(2_000_000_000_000L) : 0,
                random.nextInt(4),
                random.nextBoolean());
        if (random.nextBoolean()) {
            state = state.withEvent(
                    new Fingerprint(random.nextLong(), random.nextLong()),
                    new PartHashes(random.nextLong(), random.nextInt(2)));
        }
        if (random.nextInt(4) == 0) {
            state = state.withDeadLetter(new Fingerprint(random.nextLong(), random.nextLong()));
        }
        if (random.nextBoolean()) {
            state = ownedBy("abc".substring(random.nextInt(3)).substring(0, 1), state);
        }
        if (random.nextInt(4) == 0) {
            state = state.seenAlsoIn(List.of("/list" + random.nextInt(20) + ".json"))
                    .missingSince(random.nextLong(99));
        }
        return state;
    }

    private static RecordState ownedBy(String source, RecordState state) {
        return new RecordState(
                state.rowFingerprint(),
                state.publishedHigh(),
                state.publishedLow(),
                state.day(),
                state.open(),
                state.endedAt(),
                state.dueAt(),
                state.failures(),
                state.deadLettered(),
                state.chain(),
                state.presence(),
                new SourceRows(source, 5, Map.of()));
    }

    private static RecordCounts counts(Map<String, RecordState> states, String owner) {
        List<RecordState> owned = states.values().stream()
                .filter(state -> state.rows().owner().equals(owner))
                .toList();
        return new RecordCounts(owned.size(), (int)
                owned.stream().filter(RecordState::isUnrecovered).count());
    }
}
