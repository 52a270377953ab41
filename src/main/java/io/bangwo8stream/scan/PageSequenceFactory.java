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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.ToIntFunction;
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
     * One pass over a window.
     *
     * @param fullPages pages of a list that are known to be filled
     */
    private record Pass(
            Scan scan,
            ScanSchedule.Due due,
            int attempt,
            BooleanSupplier canContinue,
            ToIntFunction<String> fullPages) {

        Source source() {
            return scan.source();
        }
    }

    /**
     * The page sequences to scan; none where there is no list.
     *
     * @throws io.bangwo8stream.api.ApiException when the API does not state which lists there are
     */
    List<PageSequence> of(Scan scan, ScanSchedule.Due due, BooleanSupplier canContinue) {
        Pass pass = new Pass(scan, due, 1, canContinue, list -> 0);
        List<String> ids = ListIdProvider.idsOf(scan.source(), context, () -> listed(scan.source()));
        if (isMerged(scan.source())) {
            return ids.isEmpty() ? List.of() : List.of(merged(pass, ids, new SeenRecords()));
        }
        return ids.stream().map(id -> single(pass, id, new SeenRecords())).toList();
    }

    /** The ids of the lists that contained records when they were last scanned. */
    private Set<String> listed(Source source) {
        Set<String> ids = new HashSet<>();
        streams.of(source.stream()).select(state -> {
            state.presence().lists().stream()
                    .filter(source.list()::mayHave)
                    .map(source.list()::id)
                    .forEach(ids::add);
            return false;
        });
        return ids;
    }

    /** The same sequence once more, which relies on the count of the API rather than on its next page. */
    PageSequence again(Scan scan, PageSequence done, BooleanSupplier canContinue) {
        Pass pass = new Pass(scan, done.due(), done.attempt() + 1, canContinue, done::fullPages);
        SeenRecords seen = done.seen().nextPass();
        return isMerged(scan.source())
                ? merged(pass, done.lists(), seen)
                : single(pass, done.lists().get(0), seen);
    }

    private static boolean isMerged(Source source) {
        return source.list().membershipField().isPresent();
    }

    private PageSequence merged(Pass pass, List<String> ids, SeenRecords seen) {
        FoundRecords found = new FoundRecords();
        List<ListPages> parts = ids.stream()
                .map(id -> list(pass, id, new SeenRecords(), reader(pass, id).knowing(found, seen)))
                .toList();
        return new MergedListPages(
                pass.scan(), parts, found, streams.of(pass.source().stream())::state, settings.perPage(), seen);
    }

    private PageSequence single(Pass pass, String id, SeenRecords seen) {
        return list(pass, id, seen, reader(pass, id).knowing(new FoundRecords(), seen));
    }

    private ListPages list(Pass pass, String id, SeenRecords seen, RowReader reader) {
        PageCursor cursor = new PageCursor(
                request(pass.source(), pass.due(), id),
                pass.source().list().recordsPath(),
                settings.perPage(),
                settings.maxPages(),
                pass.attempt() > 1);
        BooleanSupplier canContinue = pass.canContinue();
        BooleanSupplier yields = pass.due().mode() != ScanMode.RECENT
                ? () -> canContinue.getAsBoolean() && !pass.scan().schedule().isRecentDue()
                : canContinue;
        int fullPages = pass.fullPages().applyAsInt(id);
        return new ListPages(pass.scan(), pass.due(), pass.attempt(), id, api, cursor, fullPages, reader, yields, seen);
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

    private RowReader reader(Pass pass, String id) {
        Source source = pass.source();
        ScanSchedule.Due due = pass.due();
        return new RowReader(
                source,
                typer,
                labels,
                drift,
                source.list()
                        .labelsRequest(due.window(), id)
                        .map(labelled -> new LabelLists(request(source, due, id), ofScan(labelled, source, due))),
                due.mode() == ScanMode.SWEEP,
                isLowPriority(due));
    }

    /** Lets the provider of the ids find out whether the lists that the API has refused still exist. */
    void reportRefused(Scan scan) {
        ListIdProvider.of(scan.source().list(), context)
                .ifPresent(provider -> scan.current().refused().forEach(provider::refused));
    }
}
