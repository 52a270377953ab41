package io.bangwo8stream.scan;

import io.bangwo8stream.api.ApiClient;
import io.bangwo8stream.api.ApiRequest;
import io.bangwo8stream.api.PageCursor;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.kafka.EventStreamRegistry;
import io.bangwo8stream.label.LabelLists;
import io.bangwo8stream.label.LabelResolver;
import io.bangwo8stream.record.RecordTyper;
import io.bangwo8stream.schedule.ScanMode;
import io.bangwo8stream.schedule.ScanSchedule;
import io.bangwo8stream.source.ListIdProvider;
import io.bangwo8stream.source.Source;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;

/** Makes the page sequences of a window: a single one, one for each of several lists, or one that merges these. */
@Singleton
class PageSequenceFactory {

    private final CamelContext context;
    private final EventStreamRegistry streams;
    private final ApiClient api;
    private final Settings.Api settings;
    private final LabelResolver labels;
    private final RecordTyper typer;
    private final SchemaDrift drift;

    PageSequenceFactory(
            CamelContext context,
            EventStreamRegistry streams,
            ApiClient api,
            Settings settings,
            LabelResolver labels,
            RecordTyper typer,
            SchemaDrift drift) {
        this.context = context;
        this.streams = streams;
        this.api = api;
        this.settings = settings.api();
        this.labels = labels;
        this.typer = typer;
        this.drift = drift;
    }

    /**
     * The page sequences to scan; none where there is no list.
     *
     * @throws io.bangwo8stream.api.ApiException when the API does not state which lists there are
     */
    List<PageSequence> of(Scan scan, ScanSchedule.Due due, BooleanSupplier canContinue) {
        return of(scan, due, 1, ListIdProvider.idsOf(scan.source(), context), canContinue, SeenRecords::new);
    }

    /** The same sequence once more, which relies on the count of the API rather than on its next page. */
    PageSequence again(Scan scan, PageSequence done, BooleanSupplier canContinue) {
        return of(scan, done.due(), done.attempt() + 1, done.lists(), canContinue, done.seen()::nextPass)
                .get(0);
    }

    private List<PageSequence> of(
            Scan scan,
            ScanSchedule.Due due,
            int attempt,
            List<String> ids,
            BooleanSupplier canContinue,
            Supplier<SeenRecords> seen) {
        boolean merged = scan.source().list().membershipField().isPresent();
        FoundRecords found = new FoundRecords();
        List<ListPages> parts = ids.stream()
                .map(id -> part(scan, due, attempt, id, canContinue, merged ? new SeenRecords() : seen.get(), found))
                .toList();
        if (merged && !parts.isEmpty()) {
            return List.of(new MergedListPages(
                    scan,
                    parts,
                    found,
                    reader(scan.source(), due, "", new FoundRecords())::read,
                    streams.of(scan.source().stream())::state,
                    settings.perPage(),
                    seen.get()));
        }
        return List.copyOf(parts);
    }

    private ListPages part(
            Scan scan,
            ScanSchedule.Due due,
            int attempt,
            String id,
            BooleanSupplier canContinue,
            SeenRecords seen,
            FoundRecords found) {
        Source source = scan.source();
        PageCursor cursor = new PageCursor(
                request(source, due, id),
                source.list().recordsPath(),
                settings.perPage(),
                settings.maxPages(),
                attempt > 1);
        BooleanSupplier yields = due.mode() != ScanMode.RECENT
                ? () -> canContinue.getAsBoolean() && !scan.schedule().isRecentDue()
                : canContinue;
        int fullPages = seen.size() / settings.perPage();
        return new ListPages(
                scan, due, attempt, id, api, cursor, fullPages, reader(source, due, id, found), yields, seen);
    }

    private static ApiRequest request(Source source, ScanSchedule.Due due, String id) {
        return ofScan(source.list().request(due.window(), id), source, due);
    }

    private static ApiRequest ofScan(ApiRequest request, Source source, ScanSchedule.Due due) {
        return request.lowPriority(isLowPriority(due)).forStream(source.stream());
    }

    /** Requests for new records go before those of a backfill. */
    private static boolean isLowPriority(ScanSchedule.Due due) {
        return due.mode() == ScanMode.BACKFILL;
    }

    private RowReader reader(Source source, ScanSchedule.Due due, String id, FoundRecords found) {
        return new RowReader(
                source,
                typer,
                labels,
                drift,
                source.list()
                        .labelsRequest(due.window(), id)
                        .map(labelled -> new LabelLists(request(source, due, id), ofScan(labelled, source, due))),
                due.mode() == ScanMode.SWEEP,
                isLowPriority(due),
                found);
    }

    /** Lets the provider of the ids find out whether the lists that the API has refused still exist. */
    void reportRefused(Scan scan) {
        ListIdProvider.of(scan.source().list(), context)
                .ifPresent(provider -> scan.current().refused().forEach(provider::refused));
    }
}
