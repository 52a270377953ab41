package io.bangwo8stream.record;

import java.io.IOException;

/** Learns how much memory the tree of a document takes while it is read, and may refuse to read on. */
@FunctionalInterface
public interface ReadingLimits {

    /** No limits, for documents of the product itself. */
    ReadingLimits NONE = values -> {};

    /**
     * Takes the number of values so far; an object counts as several values.
     *
     * @throws IOException when the document must not be read on
     */
    void read(long values) throws IOException;
}
