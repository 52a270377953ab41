package io.bangwo8stream.join;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.api.ApiException;
import io.bangwo8stream.api.ApiUnavailableException;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.scan.FetchedPage;
import io.bangwo8stream.scan.FetchedRecord;
import io.bangwo8stream.text.FatalErrors;
import io.bangwo8stream.text.SafeText;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** Steps of the routes that add to ticket views how many tickets they hold. */
@Singleton
@Named("ticketCountSteps")
@RegisterForReflection
public class TicketCountSteps {

    private static final String COUNT = "ticket_count";

    private volatile boolean manyRefused;

    /** The counts of the views of {@code page} that are not in their rows, with no response yet. */
    public TicketCounts start(FetchedPage page) {
        return new TicketCounts(
                page.records().stream()
                        .filter(view -> view.typed() != null && !ownCount(view).isIntegralNumber())
                        .map(FetchedRecord::id)
                        .toList(),
                !manyRefused,
                page.scan().source().stream());
    }

    /** Takes a response. */
    public void add(TicketCounts counts, JsonNode response) {
        counts.add(response);
    }

    /** Takes a failed request, which fails the views that it is about, and no others. */
    public void failed(TicketCounts counts, Exception failure) {
        FatalErrors.endProcessAfter(failure);
        manyRefused |= counts.failed(
                failure instanceof ApiException known
                        ? known
                        : new ApiUnavailableException(
                                "error",
                                "tickets cannot be counted: " + SafeText.named(FatalErrors.unwrapped(failure)),
                                failure));
    }

    /**
     * Adds {@code ticket_count} to a view; {@code null} where the API states none.
     *
     * @throws ApiException when the request for the count of this view failed
     */
    public void join(FetchedRecord view, TicketCounts counts) {
        JsonNode own = ownCount(view);
        view.add(
                COUNT, own.isIntegralNumber() ? own : counts.of(view.id()), LenientJson.object(), LenientJson.object());
    }

    private static JsonNode ownCount(FetchedRecord view) {
        return view.typed().record().path(COUNT);
    }
}
