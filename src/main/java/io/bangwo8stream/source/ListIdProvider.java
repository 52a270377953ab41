package io.bangwo8stream.source;

import java.util.List;

/** Knows the ids of the lists that a source goes through, where they are not written down in its route. */
@FunctionalInterface
public interface ListIdProvider {

    /**
     * The ids, in the order in which their lists are walked.
     *
     * @throws io.bangwo8stream.api.ApiException when the API does not tell
     */
    List<String> ids();
}
