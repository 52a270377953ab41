package io.bangwo8stream.scan;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * A page on its way from the list to Kafka.
 *
 * @param scan    of which it is a part
 * @param number  from 1; 0 for one that the API did not answer
 * @param records those of its rows that are not known from an earlier page of the walk
 */
@RegisterForReflection
public record FetchedPage(Scan scan, int number, List<FetchedRecord> records) {

    /** Whether the API answered it; one that it did not answer is empty, and no success. */
    public boolean isAnswered() {
        return number > 0;
    }
}
