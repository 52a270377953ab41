package io.bangwo8stream.standin;

/**
 * What a fault does to one list answer.
 *
 * @param alwaysPage    the page that is answered whatever page was asked for, 0 = the one asked for
 * @param countOffset   added to the true count
 * @param endless       {@code next_page} names the page that was asked for, for ever
 * @param origin        the origin that {@code next_page} names
 * @param reversed      the page's rows in the opposite order
 * @param repeatLastRow the page's last row stands there twice
 * @param extraRow      a row before the page's own, empty = none
 * @param noise         rows in another form of the same content, another for each number, 0 = as they are
 */
record PageTwist(
        int alwaysPage,
        int countOffset,
        boolean endless,
        String origin,
        boolean reversed,
        boolean repeatLastRow,
        String extraRow,
        int noise) {

    /** The vendor's links name it whatever origin was called. */
    static final String PRODUCTION = "https://www.bangwo8.com";

    static final PageTwist NONE = new PageTwist(0, 0, false, PRODUCTION, false, false, "", 0);

    PageTwist withAlwaysPage(int value) {
        return new PageTwist(value, countOffset, endless, origin, reversed, repeatLastRow, extraRow, noise);
    }

    PageTwist withCountOffset(int value) {
        return new PageTwist(alwaysPage, value, endless, origin, reversed, repeatLastRow, extraRow, noise);
    }

    PageTwist withEndless() {
        return new PageTwist(alwaysPage, countOffset, true, origin, reversed, repeatLastRow, extraRow, noise);
    }

    PageTwist withOrigin(String value) {
        return new PageTwist(alwaysPage, countOffset, endless, value, reversed, repeatLastRow, extraRow, noise);
    }

    PageTwist withReversed() {
        return new PageTwist(alwaysPage, countOffset, endless, origin, true, repeatLastRow, extraRow, noise);
    }

    PageTwist withRepeatLastRow() {
        return new PageTwist(alwaysPage, countOffset, endless, origin, reversed, true, extraRow, noise);
    }

    PageTwist withExtraRow(String value) {
        return new PageTwist(alwaysPage, countOffset, endless, origin, reversed, repeatLastRow, value, noise);
    }

    PageTwist withNoise(int value) {
        return new PageTwist(alwaysPage, countOffset, endless, origin, reversed, repeatLastRow, extraRow, value);
    }
}
