package io.bangwo8stream.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.fuzz.FuzzTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Properties of the clock in every time zone: a text is empty, unparsable, or the same wall-clock time with an offset. */
@AddLifecycleHook(FuzzTime.class)
@PropertyDefaults(tries = FuzzTime.UNLIMITED, generation = GenerationMode.RANDOMIZED, edgeCases = EdgeCasesMode.NONE)
class WallClockPropertiesTest {

    private static final List<String> ZONES =
            ZoneId.getAvailableZoneIds().stream().sorted().toList();

    @Provide
    Arbitrary<String> zones() {
        return Arbitraries.of(ZONES);
    }

    @Provide
    Arbitrary<String> times() {
        Arbitrary<Integer> twoDigits = Arbitraries.integers().between(0, 99);
        return Combinators.combine(
                        Arbitraries.integers().between(0, 9999),
                        Arbitraries.integers().between(0, 13),
                        Arbitraries.integers().between(0, 32),
                        Arbitraries.integers().between(0, 25),
                        twoDigits,
                        twoDigits)
                .as("%04d-%d-%02d %d:%02d:%d"::formatted);
    }

    @Provide
    Arbitrary<String> nearlyTimes() {
        return Arbitraries.strings().withChars("0123456789-: 年T+Z.").ofMaxLength(24);
    }

    @Property
    void keepsTheTimeOnTheClock(@ForAll("zones") String zone, @ForAll("times") String time) {
        check(zone, time);
    }

    @Property
    void readsOrRefusesWhatLooksLikeATime(@ForAll("zones") String zone, @ForAll("nearlyTimes") String time) {
        check(zone, time);
    }

    private static void check(String zone, String time) {
        JsonNode read = new WallClockParser(ZoneId.of(zone)).parseDateTime(LenientJson.NODES.textNode(time));

        if (read == TypingResult.EMPTY) {
            assertThat(time.replaceAll("[0 :-]", "")).isEmpty();
        } else if (read != TypingResult.UNPARSABLE) {
            OffsetDateTime result = OffsetDateTime.parse(read.textValue());
            assertThat("%d-%d-%d-%d-%d-%d"
                            .formatted(
                                    result.getYear(),
                                    result.getMonthValue(),
                                    result.getDayOfMonth(),
                                    result.getHour(),
                                    result.getMinute(),
                                    result.getSecond()))
                    .isEqualTo(time.strip().replaceAll("[ :]", "-").replaceAll("(?<!\\d)0+(?=\\d)", ""));
            assertThat(result.toInstant().atZone(ZoneId.of(zone)).toLocalDateTime())
                    .isEqualTo(result.toLocalDateTime());
        }
    }
}
