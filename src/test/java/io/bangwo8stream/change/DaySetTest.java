package io.bangwo8stream.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DaySetTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                             | 2026-01-05 | 2026-01-06 | 2026-01-05..2026-01-06
            2026-01-01..2026-01-03                         | 2026-01-05 | 2026-01-05 | 2026-01-01..2026-01-03,2026-01-05..2026-01-05
            2026-01-01..2026-01-03                         | 2026-01-04 | 2026-01-04 | 2026-01-01..2026-01-04
            2026-01-05..2026-01-06                         | 2026-01-04 | 2026-01-04 | 2026-01-04..2026-01-06
            2026-01-01..2026-01-03,2026-01-05..2026-01-06  | 2026-01-04 | 2026-01-04 | 2026-01-01..2026-01-06
            2026-01-01..2026-01-09                         | 2026-01-04 | 2026-01-04 | 2026-01-01..2026-01-09
            2026-01-01:2026-01-02..2026-01-03              | 2026-01-04 | 2026-01-05 | 2026-01-01:2026-01-02..2026-01-05
            2026-01-02..2026-01-03,2026-01-05..2026-01-06  | 2026-01-01 | 2026-01-31 | 2026-01-01..2026-01-31
            """)
    void mergesDaysThatTouchOrOverlap(String days, LocalDate from, LocalDate to, String merged) {
        assertThat(DaySet.parse(days).with(from, to)).hasToString(merged).isEqualTo(DaySet.parse(merged));
    }

    @Test
    void findsAndCountsMissingDays() {
        DaySet days = DaySet.parse("2026-01-01..2026-01-03,2026-01-06..2026-01-08");
        LocalDate first = LocalDate.of(2025, 12, 31);

        assertThat(days.newestMissing(first, LocalDate.of(2026, 1, 9))).contains(LocalDate.of(2026, 1, 9));
        assertThat(days.newestMissing(first, LocalDate.of(2026, 1, 8))).contains(LocalDate.of(2026, 1, 5));
        assertThat(days.newestMissing(first, LocalDate.of(2026, 1, 3))).contains(first);
        assertThat(days.newestMissing(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 1, 3)))
                .isEmpty();
        assertThat(days.countMissing(first, LocalDate.of(2026, 1, 9))).isEqualTo(4);
        assertThat(days.countMissing(LocalDate.of(2026, 1, 9), first)).isZero();
    }

    @Test
    void containsItsDaysOnly() {
        DaySet days = DaySet.parse("2026-01-01..2026-01-03");

        assertThat(days.contains(LocalDate.of(2026, 1, 1))).isTrue();
        assertThat(days.contains(LocalDate.of(2026, 1, 3))).isTrue();
        assertThat(days.contains(LocalDate.of(2026, 1, 4))).isFalse();
        assertThat(days.contains(LocalDate.of(2025, 12, 31))).isFalse();
    }

    @Test
    void takesDaysOut() {
        DaySet days = DaySet.parse("2026-01-01..2026-01-09,2026-01-20..2026-01-20");
        LocalDate fifth = LocalDate.of(2026, 1, 5);

        assertThat(days.without(fifth, fifth))
                .hasToString("2026-01-01..2026-01-04,2026-01-06..2026-01-09," + "2026-01-20..2026-01-20");
        assertThat(days.without(fifth, LocalDate.of(2026, 2, 1))).hasToString("2026-01-01..2026-01-04");
        assertThat(days.without(LocalDate.of(2025, 1, 1), fifth))
                .hasToString("2026-01-06..2026-01-09,2026-01-20..2026-01-20");
        assertThat(days.size()).isEqualTo(10);
        assertThat(days.with(DaySet.parse("2026-01-10..2026-01-19"))).hasToString("2026-01-01..2026-01-20");
    }

    @Test
    void refusesATextThatIsNoDays() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DaySet.parse("yesterday"))
                .withMessage("days are written as 2026-01-01..2026-01-31, not as yesterday");
    }
}
