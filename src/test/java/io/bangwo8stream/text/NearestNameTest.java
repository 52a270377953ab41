package io.bangwo8stream.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {

    private static final List<String> NAMES = List.of("poll-interval", "sweep-interval", "zone");

    @ParameterizedTest
    @CsvSource({"zone,zone,0", "zone,zoen,1", "zone,zon,1", "zone,zones,1", "zone,zene,1", "zone,tent,3", "'',zone,4"})
    void countsChanges(String one, String other, int distance) {
        assertThat(NearestName.distance(one, other)).isEqualTo(distance);
        assertThat(NearestName.distance(other, one)).isEqualTo(distance);
    }

    @Test
    void findsTheNearestNameHoweverFar() {
        assertThat(NearestName.of("pol-intervall", NAMES)).contains("poll-interval");
        assertThat(NearestName.of("anything", NAMES)).isPresent();
        assertThat(NearestName.of("anything", List.of())).isEmpty();
    }

    @Test
    void takesAFarNameForNoTypo() {
        assertThat(NearestName.typoOf("pol-intervall", NAMES)).contains("poll-interval");
        assertThat(NearestName.typoOf("schema.registry.url", NAMES)).isEmpty();
        assertThat(NearestName.typoOf("tent", NAMES)).isEmpty();
    }
}
