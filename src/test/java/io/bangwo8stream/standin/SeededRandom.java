package io.bangwo8stream.standin;

import java.util.List;
import java.util.Random;

/** Repeatable chance. */
final class SeededRandom {

    private final Random random;

    SeededRandom(long seed) {
        random = new Random(seed);
    }

    <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** True so many times in a hundred. */
    boolean percent(int share) {
        return random.nextInt(100) < share;
    }

    /** From first to last, both inclusive. */
    int between(int first, int last) {
        return first + random.nextInt(last - first + 1);
    }
}
