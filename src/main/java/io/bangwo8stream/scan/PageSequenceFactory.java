package io.bangwo8stream.scan;

import io.bangwo8stream.api.ApiClient;
import io.bangwo8stream.api.ApiRequest;
import io.bangwo8stream.api.PageCursor;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.label.LabelResolver;
import io.bangwo8stream.record.RecordTyper;
import io.bangwo8stream.schedule.ScanMode;
import io.bangwo8stream.schedule.ScanSchedule;
import io.bangwo8stream.source.ListIdProvider;
import io.bangwo8stream.source.ListEndpoint;
import io.bangwo8stream.source.Source;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.camel.CamelContext;

/** Makes the listings of a window: one, one for each of several lists, or one that merges these. */
@Singleton
class PageSequenceFactory {

    private final CamelContext context;
    private final ApiClient api;
    private final Settings.Api settings;
    private final LabelResolver texts;
    private final RecordTyper typer;

    PageSequenceFactory(CamelContext context, ApiClient api, Settings settings, LabelResolver texts, RecordTyper typer) {
        this.context = context;
        this.api = api;
        this.settings = settings.api();
        this.texts = texts;
        this.typer = typer;
    }

    /**
     * What is to be listed; nothing where no list has an id.
     *
     * @throws io.bangwo8stream.api.ApiException when the API does not tell which lists there are
     */
    List<PageSequence> of(Scan walk, ScanSchedule.Due due, BooleanSupplier goesOn) {
        return of(walk, due, 1, ids(walk.source().list()), goesOn, Map.of());
    }

    /** The same once more, going by the count of the API rather than by its next page. */
    PageSequence again(Scan walk, PageSequence done, BooleanSupplier goesOn) {
        return of(walk, done.due(), done.attempt() + 1, done.lists(), goesOn, done.seen()).get(0);
    }

    private List<PageSequence> of(Scan walk, ScanSchedule.Due due, int attempt, List<String> ids, BooleanSupplier goesOn,
            Map<String, Long> earlier) {
        boolean merged = walk.source().list().member().isPresent();
        List<ListPages> parts = ids.stream()
                .map(id -> part(walk, due, attempt, id, goesOn, merged ? Map.of() : earlier)).toList();
        if (merged && !parts.isEmpty()) {
            return List.of(new MergedListPages(walk, parts, reader(walk.source(), due, "")::read, settings.perPage()));
        }
        return List.copyOf(parts);
    }

    private ListPages part(Scan walk, ScanSchedule.Due due, int attempt, String id, BooleanSupplier goesOn,
            Map<String, Long> earlier) {
        Source source = walk.source();
        // A backfill has time: what is new goes first.
        ApiRequest request = source.list().request(due.window(), id).patient(due.rhythm() == ScanMode.BACKFILL);
        PageCursor cursor = new PageCursor(api::get, request, source.list().items(),
                settings.perPage(), settings.maxPages(), attempt > 1);
        BooleanSupplier makesWay = due.rhythm() == ScanMode.BACKFILL
                ? () -> goesOn.getAsBoolean() && !walk.plan().isPollDue()
                : goesOn;
        return new ListPages(walk, due, attempt, id, cursor, reader(source, due, id), makesWay, earlier);
    }

    private RowReader reader(Source source, ScanSchedule.Due due, String id) {
        boolean patient = due.rhythm() == ScanMode.BACKFILL;
        return new RowReader(source, typer, texts,
                source.list().textsRequest(due.window(), id).map(request -> request.patient(patient)), patient);
    }

    private List<String> ids(ListEndpoint list) {
        String each = list.each().orElse("");
        if (each.startsWith("#")) {
            return context.getRegistry().lookupByNameAndType(each.substring(1), ListIdProvider.class).ids();
        }
        return Arrays.stream(each.split(",")).map(String::strip).toList();
    }
}
