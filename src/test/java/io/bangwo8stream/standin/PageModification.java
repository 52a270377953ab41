package io.bangwo8stream.standin;

/**
 * The changes that faults make to one list response.
 *
 * @param fixedPage      number of the page in the response, 0 = the requested one
 * @param countOffset    added to the true count
 * @param repeatNextPage whether {@code next_page} always names the requested page itself
 * @param linkOrigin     the origin of the links
 * @param reverseRows    whether the rows are in reverse order
 * @param repeatLastRow  whether the last row is contained twice
 * @param extraRow       a row before the page's own rows, empty = none
 * @param reformatSeed   seed by which rows are written in another form of the same content, 0 = no other form
 */
record PageModification(
        int fixedPage,
        int countOffset,
        boolean repeatNextPage,
        String linkOrigin,
        boolean reverseRows,
        boolean repeatLastRow,
        String extraRow,
        int reformatSeed) {

    /** The origin of the vendor's links, whichever origin the request was sent to. */
    static final String PRODUCTION = "https://www.bangwo8.com";

    static final PageModification NONE = new PageModification(0, 0, false, PRODUCTION, false, false, "", 0);

    PageModification withFixedPage(int value) {
        return new PageModification(
                value, countOffset, repeatNextPage, linkOrigin, reverseRows, repeatLastRow, extraRow, reformatSeed);
    }

    PageModification withCountOffset(int value) {
        return new PageModification(
                fixedPage, value, repeatNextPage, linkOrigin, reverseRows, repeatLastRow, extraRow, reformatSeed);
    }

    PageModification withRepeatNextPage() {
        return new PageModification(
                fixedPage, countOffset, true, linkOrigin, reverseRows, repeatLastRow, extraRow, reformatSeed);
    }

    PageModification withLinkOrigin(String value) {
        return new PageModification(
                fixedPage, countOffset, repeatNextPage, value, reverseRows, repeatLastRow, extraRow, reformatSeed);
    }

    PageModification withReverseRows() {
        return new PageModification(
                fixedPage, countOffset, repeatNextPage, linkOrigin, true, repeatLastRow, extraRow, reformatSeed);
    }

    PageModification withRepeatLastRow() {
        return new PageModification(
                fixedPage, countOffset, repeatNextPage, linkOrigin, reverseRows, true, extraRow, reformatSeed);
    }

    PageModification withExtraRow(String value) {
        return new PageModification(
                fixedPage, countOffset, repeatNextPage, linkOrigin, reverseRows, repeatLastRow, value, reformatSeed);
    }

    PageModification withReformatSeed(int value) {
        return new PageModification(
                fixedPage, countOffset, repeatNextPage, linkOrigin, reverseRows, repeatLastRow, extraRow, value);
    }
}
