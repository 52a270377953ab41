package io.bangwo8stream.crash;

/**
 * The versions of one record in the order of time, each with an index from 0.
 *
 * @param <C> the content of an event of such a record
 */
interface Versions<C> {

    /**
     * The index of the earliest version at which a client that starts at index {@code from} can have fetched
     * {@code content}; -1 when it cannot.
     */
    int earliestFetch(C content, int from);

    /** The index of the first version from {@code from} on in which the record was gone long enough; -1 for none. */
    int firstGone(int from);

    /** Whether the record is gone at the end. */
    boolean isGone();

    /** Whether the record may never be published: no list contains it at the end. */
    boolean mayStayUnknown();

    /** Whether {@code content} is the final content of the record, as far as the product must find it. */
    boolean isFinal(C content);

    /** The number of a version in the history. */
    long sequence(int index);

    /** The number of versions. */
    int size();

    /** Where {@code content} differs from the last version, for the report. */
    String difference(C content);
}
