package io.bangwo8stream.scan;

import io.bangwo8stream.trace.Traced;
import io.opentelemetry.api.trace.Span;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * A page on its way from the list to Kafka.
 *
 * @param scan    of which it is a part
 * @param number  from 1; 0 for a page that the API did not send
 * @param records of its rows, without those that an earlier page of the scan contained
 * @param span    of the page, or of the scan where the page has none; parent of those of its joins
 */
@RegisterForReflection
public record FetchedPage(Scan scan, int number, List<FetchedRecord> records, Span span) implements Traced {

    /** A page without a span. */
    public FetchedPage(Scan scan, int number, List<FetchedRecord> records) {
        this(scan, number, records, Span.getInvalid());
    }

    /** Whether the API sent the page; one that it did not send is empty, and no success. */
    public boolean isReceived() {
        return number > 0;
    }

    /** {@code remote-records page 3 with 100 records}. */
    @Override
    public String toString() {
        return scan.source().name() + " page " + number + " with " + records.size() + " records";
    }
}
