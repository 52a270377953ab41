package io.bangwo8stream.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.change.RevisitPolicy.RowSummary;
import io.bangwo8stream.record.LenientJson;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Two sources of one stream list the same record; the rows of {@code agents} have one field more. */
class RowOwnershipTest {

    private static final long NOW = 1_800_000_000_000L;
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final String ALL = "all";
    private static final String AGENTS = "agents";

    private final RevisitPolicy policy = new RevisitPolicy(List.of(), Duration.ofSeconds(30), false);
    private RowOwnership ownership = new RowOwnership(Set.of(ALL, AGENTS), PATIENCE, NOW);
    private RecordState state;
    private long now = NOW;
    private int events;
    private String published = "";

    @Test
    void publishesARecordOnceWhoseRowsDifferByAField() {
        for (int scan = 0; scan < 20; scan++) {
            scan(ALL, 1);
            scan(AGENTS, 1);
        }

        assertThat(events).isEqualTo(1);
    }

    @Test
    void publishesAChangeOnceFromTheRowWithMoreFieldsWhicheverSourceSeesItFirst() {
        for (String first : List.of(ALL, AGENTS)) {
            state = null;
            scan(ALL, 1);
            scan(AGENTS, 1);
            events = 0;

            for (int scan = 0; scan < 4; scan++) {
                scan(first, 2);
                scan(first.equals(ALL) ? AGENTS : ALL, 2);
            }

            assertThat(events).as("first seen in " + first).isEqualTo(1);
            assertThat(published).isEqualTo(AGENTS + 2);
        }
    }

    @Test
    void publishesAChangeThatEqualRowsShow() {
        for (int version = 1; version < 4; version++) {
            for (int scan = 0; scan < 3; scan++) {
                scan(new RowSummary(version, 1, false, NOW, NOW, ALL, 5));
                scan(new RowSummary(version, 1, false, NOW, NOW, AGENTS, 5));
            }
        }

        assertThat(events).isEqualTo(3);
    }

    @Test
    void publishesEachChangeOfARowThatAlsoGetsAField() {
        scan(new RowSummary(1, 1, false, NOW, NOW, ALL, 5));
        scan(new RowSummary(1, 1, false, NOW, NOW, AGENTS, 5));
        for (int scan = 0; scan < 3; scan++) {
            scan(new RowSummary(2, 1, false, NOW, NOW, AGENTS, 6));
            scan(new RowSummary(2, 1, false, NOW, NOW, ALL, 6));
        }

        assertThat(events).isEqualTo(2);
    }

    @Test
    void anotherSourceTakesOverWhereTheOwnerIsOff() {
        scan(AGENTS, 1);
        scan(ALL, 1);
        scan(AGENTS, 1);
        ownership = new RowOwnership(Set.of(ALL), PATIENCE, NOW);

        scan(ALL, 1);
        assertThat(events).as("nothing has changed").isEqualTo(1);
        scan(ALL, 2);
        scan(ALL, 2);

        assertThat(events).isEqualTo(2);
        assertThat(published).isEqualTo(ALL + 2);
    }

    @Test
    void anotherSourceTakesOverWhereTheOwnerNoLongerListsTheRecord() {
        scan(AGENTS, 1);
        scan(ALL, 1);
        scan(ALL, 2);
        assertThat(events).as("the owner has time").isEqualTo(1);

        now += PATIENCE.toMillis() + 1;
        scan(ALL, 2);
        scan(ALL, 2);

        assertThat(events).isEqualTo(2);
        assertThat(published).isEqualTo(ALL + 2);
    }

    @Test
    void theOwnerHasTimeAfterARestart() {
        scan(AGENTS, 1);
        scan(ALL, 1);
        scan(ALL, 2);
        now += Duration.ofDays(2).toMillis();
        ownership = new RowOwnership(Set.of(ALL, AGENTS), PATIENCE, now);

        scan(ALL, 2);
        scan(AGENTS, 2);

        assertThat(published).isEqualTo(AGENTS + 2);
        assertThat(events).isEqualTo(2);
    }

    @Test
    void theStateKeepsTheRowsOfItsSources() throws Exception {
        scan(ALL, 1);
        scan(AGENTS, 1);

        assertThat(StateJson.read(LenientJson.read(StateJson.write(state)))).isEqualTo(state);
        assertThat(state.rows().owner()).isEqualTo(AGENTS);
    }

    private void scan(String source, int version) {
        boolean agents = source.equals(AGENTS);
        scan(new RowSummary(version * 10 + (agents ? 1 : 0), 1, false, NOW, NOW, source, agents ? 6 : 5));
    }

    /** What a scan does with one row: joined when due, published when the document differs from the published one. */
    private void scan(RowSummary row) {
        RecordState before = ownership.seen(state, row, true, now);
        if (!policy.isDue(before, row, true, true, now)) {
            state = before;
            return;
        }
        Fingerprint document = new Fingerprint(row.fingerprint(), row.fields());
        if (before == null || !before.hasPublished(document)) {
            events++;
            published = row.source() + row.fingerprint() / 10;
        }
        state = policy.published(before, row, document, now);
    }
}
