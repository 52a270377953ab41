package io.bangwo8stream.standin;

import java.util.List;
import java.util.Random;

/** Random choices that are the same for the same seed. */
final class SeededRandom {

    private final Random random;

    SeededRandom(long seed) {
        random = new Random(seed);
    }

    <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** True with a probability of {@code percentage} percent. */
    boolean percent(int percentage) {
        return random.nextInt(100) < percentage;
    }

    /** A number from first to last, both inclusive. */
    int between(int first, int last) {
        return first + random.nextInt(last - first + 1);
    }
}
