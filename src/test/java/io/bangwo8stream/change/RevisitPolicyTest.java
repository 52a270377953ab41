package io.bangwo8stream.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.change.RevisitPolicy.RowSummary;
import io.bangwo8stream.config.TestSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RevisitPolicyTest {

    private static final long NOON = Instant.parse("2026-01-31T12:00:00Z").toEpochMilli();
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final int TODAY = 20_484;
    private static final Fingerprint DOCUMENT = new Fingerprint(11, 12);

    private static final RowSummary OPEN = new RowSummary(1, TODAY, true, NOON, 0);
    private static final RowSummary CLOSED = new RowSummary(2, TODAY, false, NOON - HOUR, NOON);

    private final RevisitPolicy policy = new RevisitPolicy(TestSettings.of());
    private final RevisitPolicy once = new RevisitPolicy(TestSettings.of("bangwo8.once", "true"));

    @Nested
    class WhenARecordIsDue {

        @Test
        void aNewRecordIsDueAtOnce() {
            assertThat(policy.isDue(null, OPEN, true, false, NOON)).isTrue();
            assertThat(policy.isDue(null, OPEN, false, false, NOON)).isTrue();
        }

        @Test
        void aRecordWhoseRowChangedIsDueAtOnce() {
            RecordState before = policy.published(null, OPEN, DOCUMENT, NOON);

            assertThat(policy.isDue(before, CLOSED, true, false, NOON)).isTrue();
            assertThat(policy.isDue(before, CLOSED, false, false, NOON)).isTrue();
        }

        @Test
        void anOpenRecordIsDueOnlyInSweeps() {
            RecordState before = policy.published(null, OPEN, DOCUMENT, NOON);

            assertThat(policy.isDue(before, OPEN, true, false, NOON + DAY)).isFalse();
            assertThat(policy.isDue(before, OPEN, true, true, NOON + 1)).isTrue();
        }

        @Test
        void aClosedRecordIsNotDueInSweeps() {
            RecordState before = policy.published(null, CLOSED, DOCUMENT, NOON);

            assertThat(policy.isDue(before, CLOSED, true, true, NOON + 10 * MINUTE - 1))
                    .isFalse();
        }

        @Test
        void aRecordWithoutPartsIsDueOnlyWhenTheRowChanged() {
            RecordState open = policy.published(null, OPEN, DOCUMENT, NOON);
            RecordState closed = policy.published(null, CLOSED, DOCUMENT, NOON);

            assertThat(policy.isDue(open, OPEN, false, true, NOON + DAY)).isFalse();
            assertThat(policy.isDue(closed, CLOSED, false, true, NOON + 10 * DAY))
                    .isFalse();
        }

        @Test
        void aClosedRecordIsDueOnlyTenMinutesAndAnHourAndADayAfterTheEnd() {
            List<Long> revisitMinutes = new ArrayList<>();
            RecordState state = policy.published(null, CLOSED, DOCUMENT, NOON);
            for (long now = NOON; now < NOON + 3 * DAY; now += MINUTE) {
                if (policy.isDue(state, CLOSED, true, false, now)) {
                    revisitMinutes.add((now - NOON) / MINUTE);
                    state = policy.published(state, CLOSED, DOCUMENT, now);
                }
            }

            assertThat(revisitMinutes).containsExactly(10L, 60L, 24 * 60L);
            assertThat(state.dueAt()).isZero();
            assertThat(state.isPending()).isFalse();
        }

        @Test
        void oneRevisitReplacesAllMissedRevisits() {
            RecordState state = policy.published(null, CLOSED, DOCUMENT, NOON);

            assertThat(policy.isDue(state, CLOSED, true, false, NOON + 2 * HOUR))
                    .isTrue();
            assertThat(policy.published(state, CLOSED, DOCUMENT, NOON + 2 * HOUR)
                            .dueAt())
                    .isEqualTo(NOON + DAY);
        }
    }

    @Nested
    class TheEndOfARecord {

        @Test
        void isReadFromTheRow() {
            assertThat(policy.published(null, CLOSED, DOCUMENT, NOON + 5 * MINUTE))
                    .isEqualTo(new RecordState(2, 11, 12, TODAY, false, NOON, NOON + 10 * MINUTE, 0, false));
        }

        @Test
        void isTheTimeOfTheFirstScanThatSawTheRecordClosedWhenTheRowContainsNoEnd() {
            RowSummary withoutEnd = new RowSummary(3, TODAY, false, NOON - HOUR, 0);
            RecordState open = policy.published(null, OPEN, DOCUMENT, NOON);

            RecordState closed = policy.published(open, withoutEnd, DOCUMENT, NOON + HOUR);
            RecordState later = policy.published(closed, withoutEnd, DOCUMENT, NOON + HOUR + 10 * MINUTE);

            assertThat(closed.dueAt()).isEqualTo(NOON + HOUR + 10 * MINUTE);
            assertThat(later.dueAt()).as("counted from the same end").isEqualTo(NOON + 2 * HOUR);
        }

        @Test
        void isTheCreationOfARecordThatWasNeverSeenOpenWhenTheRowContainsNoEnd() {
            RowSummary withoutEnd = new RowSummary(3, TODAY, false, NOON - 5 * MINUTE, 0);

            assertThat(policy.published(null, withoutEnd, DOCUMENT, NOON).dueAt())
                    .isEqualTo(NOON + 5 * MINUTE);
        }

        @Test
        void causesNoRevisitWhenTheEndAndTheCreationAreUnknown() {
            assertThat(policy.published(null, new RowSummary(3, TODAY, false, 0, 0), DOCUMENT, NOON)
                            .dueAt())
                    .isZero();
        }

        @Test
        void isRemovedWhenTheRecordOpensAgain() {
            RecordState closed = policy.published(null, CLOSED, DOCUMENT, NOON);

            RecordState open = policy.published(closed, OPEN, DOCUMENT, NOON);

            assertThat(open.open()).isTrue();
            assertThat(open.endedAt()).isZero();
            assertThat(open.dueAt()).isZero();
            assertThat(open.isPending()).isTrue();
        }

        @Test
        void doesNotChangeWithALateRatingSoThatRevisitsDoNotRestart() {
            RecordState state = policy.published(null, CLOSED, DOCUMENT, NOON + 2 * DAY);
            RowSummary rated = new RowSummary(4, TODAY, false, NOON - HOUR, NOON);

            assertThat(policy.isDue(state, rated, true, false, NOON + 2 * DAY)).isTrue();
            assertThat(policy.published(state, rated, DOCUMENT, NOON + 2 * DAY).dueAt())
                    .isZero();
        }

        @Test
        void isKeptWhenAFetchFailsInBetween() {
            RowSummary withoutEnd = new RowSummary(3, TODAY, false, NOON - HOUR, 0);
            RecordState open = policy.published(null, OPEN, DOCUMENT, NOON);
            RecordState closed = policy.published(open, withoutEnd, DOCUMENT, NOON + HOUR);

            RecordState failed = policy.failed(closed, withoutEnd, true, NOON + HOUR + 10 * MINUTE);
            RecordState good = policy.published(failed, withoutEnd, DOCUMENT, NOON + HOUR + 20 * MINUTE);

            assertThat(good.endedAt()).isEqualTo(NOON + HOUR);
        }
    }

    @Nested
    class WhenARecordFails {

        @Test
        void aFailedRecordIsDueAfterDelaysThatDoubleUpToADay() {
            List<Long> delays = new ArrayList<>();
            RecordState state = null;
            for (int failure = 0; failure < 40; failure++) {
                state = policy.failed(state, OPEN, true, NOON);
                delays.add((state.dueAt() - NOON) / 1000);
                assertThat(policy.isDue(state, OPEN, true, true, state.dueAt() - 1))
                        .isFalse();
                assertThat(policy.isDue(state, OPEN, true, false, state.dueAt()))
                        .isTrue();
            }

            assertThat(delays.subList(0, 4)).containsExactly(30L, 60L, 120L, 240L);
            assertThat(delays.subList(12, 40)).containsOnly(86_400L);
            assertThat(delays).isSorted();
        }

        @Test
        void aFailedRecordIsDueAgainEvenWhenTheSourceJoinsNothing() {
            RecordState state = policy.failed(null, OPEN, true, NOON);

            assertThat(policy.isDue(state, OPEN, false, false, state.dueAt())).isTrue();
        }

        @Test
        void aFailedRecordIsDueAtOnceWhenTheRowChanged() {
            RecordState state = policy.failed(null, OPEN, true, NOON);

            assertThat(policy.isDue(state, CLOSED, true, false, NOON + 1)).isTrue();
        }

        @Test
        void aRecordIsDeadLetteredAfterTheThirdFailure() {
            RecordState first = policy.failed(null, OPEN, true, NOON);
            RecordState second = policy.failed(first, OPEN, true, NOON);
            RecordState third = policy.failed(second, OPEN, true, NOON);
            RecordState fourth = policy.failed(third, OPEN, true, NOON);

            assertThat(List.of(first, second, third, fourth))
                    .extracting(RecordState::deadLettered)
                    .containsExactly(false, false, true, true);
            assertThat(List.of(first, second, third, fourth))
                    .extracting(RecordState::failures)
                    .containsExactly(1, 2, 3, 4);
        }

        @Test
        void aRecordIsDeadLetteredAtOnceWhenARetryIsPointless() {
            assertThat(policy.failed(null, OPEN, false, NOON).deadLettered()).isTrue();
        }

        @Test
        void aRecordIsDeadLetteredAtOnceWhenThereIsNoNextScan() {
            assertThat(once.failed(null, OPEN, true, NOON).deadLettered()).isTrue();
        }

        @Test
        void aFailedRecordIsDueInEveryRunWithASingleScan() {
            RecordState state = once.failed(null, OPEN, true, NOON);

            assertThat(once.isDue(state, OPEN, true, true, NOON + 1)).isTrue();
        }

        @Test
        void failuresAreCountedFromOneForANewRow() {
            RecordState deadLettered = policy.failed(null, OPEN, false, NOON);

            RecordState next = policy.failed(deadLettered, CLOSED, true, NOON);

            assertThat(next.failures()).isEqualTo(1);
            assertThat(next.deadLettered())
                    .as("the new content is not dead-lettered yet")
                    .isFalse();
        }

        @Test
        void aFailedRecordKeepsTheFingerprintOfTheLastPublishedDocument() {
            RecordState before = policy.published(null, OPEN, DOCUMENT, NOON);

            RecordState failed = policy.failed(before, CLOSED, true, NOON);

            assertThat(failed.hasPublished(DOCUMENT)).isTrue();
            assertThat(failed.rowFingerprint()).isEqualTo(CLOSED.fingerprint());
            assertThat(policy.failed(null, OPEN, true, NOON).wasPublished()).isFalse();
        }

        @Test
        void aFailedRecordIsPendingUntilTheRecordIsPublished() {
            RecordState failed = policy.failed(null, CLOSED, true, NOON);
            assertThat(failed.isPending()).isTrue();

            RecordState good = policy.published(failed, CLOSED, DOCUMENT, NOON + 2 * DAY);

            assertThat(good).isEqualTo(new RecordState(2, 11, 12, TODAY, false, NOON, 0, 0, false));
            assertThat(good.isPending()).isFalse();
        }
    }
}
