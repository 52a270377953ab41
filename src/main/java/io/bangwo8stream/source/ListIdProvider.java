package io.bangwo8stream.source;

import java.util.List;

/** Provides the ids of the lists that a source scans, where its route does not name them. */
public interface ListIdProvider {

    /**
     * The ids, in the order in which their lists are scanned.
     *
     * @throws io.bangwo8stream.api.ApiException when the API does not state them
     */
    List<String> ids();

    /** Notes that the API refused the list {@code id}, so that it may not exist any more. */
    void refused(String id);
}
