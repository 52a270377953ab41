package io.bangwo8stream.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name that somebody meant who misspelt it. */
public final class NearestName {

    private NearestName() {}

    /** Returns the name that needs the fewest changes to become {@code written}; empty where there are no names. */
    public static Optional<String> of(String written, Collection<String> names) {
        return names.stream()
                .min(Comparator.comparingInt((String name) -> distance(written, name))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Returns the same name if it is so near that a typo is likely. */
    public static Optional<String> typoOf(String written, Collection<String> names) {
        return of(written, names).filter(name -> distance(written, name) <= Math.min(3, name.length() / 4));
    }

    /** Characters to insert, remove, replace, or exchange with their neighbour. */
    static int distance(String one, String other) {
        int[] beforeLast = null;
        int[] last = new int[other.length() + 1];
        for (int column = 0; column <= other.length(); column++) {
            last[column] = column;
        }
        for (int row = 1; row <= one.length(); row++) {
            int[] current = new int[other.length() + 1];
            current[0] = row;
            for (int column = 1; column <= other.length(); column++) {
                int replaced = last[column - 1] + (one.charAt(row - 1) == other.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, Math.min(last[column], current[column - 1]) + 1);
                if (beforeLast != null && column > 1 && isExchanged(one, row, other, column)) {
                    current[column] = Math.min(current[column], beforeLast[column - 2] + 1);
                }
            }
            beforeLast = last;
            last = current;
        }
        return last[other.length()];
    }

    private static boolean isExchanged(String one, int row, String other, int column) {
        return one.charAt(row - 1) == other.charAt(column - 2) && one.charAt(row - 2) == other.charAt(column - 1);
    }
}
