package io.bangwo8stream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GoneIdsTest {

    @Test
    void holdsWhatAMapHoldsAfterManyChanges() {
        GoneIds gone = new GoneIds();
        Map<String, Integer> expected = new HashMap<>();
        SplittableRandom random = new SplittableRandom(8);
        for (int i = 1; i < 200_000; i++) {
            String id = "" + random.nextInt(20_000);
            if (random.nextInt(3) == 0) {
                gone.remove(id);
                expected.remove(id);
            } else {
                gone.put(id, 1L << 37 | i, i);
                expected.put(id, i);
            }
        }

        assertThat(gone.size()).isEqualTo(expected.size());
        for (int i = 0; i < 20_000; i++) {
            Integer value = expected.get("" + i);
            assertThat(gone.sequence("" + i)).isEqualTo(value == null ? -1 : value);
            assertThat(gone.offset("" + i)).isEqualTo(value == null ? -1 : 1L << 37 | value);
        }
    }
}
