package io.bangwo8stream.scan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.bangwo8stream.api.ApiClient;
import io.bangwo8stream.api.ApiException;
import io.bangwo8stream.api.ApiRejectedException;
import io.bangwo8stream.api.ApiRequest;
import io.bangwo8stream.api.PageCursor;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.label.LabelResolver;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.record.RecordTyper;
import io.bangwo8stream.source.Source;
import io.bangwo8stream.time.ClockWatch;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Looks up records that no list of their source contains any more, in one list of all records by their last change. */
@Singleton
public class RecordLookUp {

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final LocalTime END_OF_DAY = LocalTime.of(23, 59, 59);

    private final ApiClient api;
    private final Settings settings;
    private final RecordTyper typer;
    private final LabelResolver labels;
    private final SchemaDrift drift;
    private final Clock clock;

    RecordLookUp(
            ApiClient api, Settings settings, RecordTyper typer, LabelResolver labels, SchemaDrift drift, Clock clock) {
        this.api = api;
        this.settings = settings;
        this.typer = typer;
        this.labels = labels;
        this.drift = drift;
        this.clock = clock;
    }

    /**
     * What a look-up has shown.
     *
     * @param found   the records that exist, with their present content, which belong to no list
     * @param absent  the ids of those that do not exist
     * @param refused the records of which no more than the id is known, because this login may not read the list
     * @param failure why nothing is known about the other records, or {@code null}
     */
    public record Result(List<FetchedRecord> found, Set<String> absent, List<FetchedRecord> refused, String failure) {}

    /**
     * Looks records up.
     *
     * @param since the earliest of their last known changes
     * @param until the latest of them, which the API may have dated ahead
     */
    public Result find(Source source, Collection<String> ids, Instant since, Instant until) {
        Set<String> wanted = new HashSet<>(ids);
        List<FetchedRecord> found = new ArrayList<>();
        RowReader reader = new RowReader(source, typer, labels, drift, Optional.empty(), false, true);
        LocalDate today = dayOf(clock.instant());
        try {
            boolean whole = read(source, request(source, since, later(today, dayOf(until))), reader, wanted, found);
            // A record that changed after midnight is not in a list that ends yesterday; the vendor's clock may be
            // ahead.
            return whole && today.equals(dayOf(clock.instant().plus(ClockWatch.TOLERANCE)))
                    ? new Result(found, wanted, List.of(), null)
                    : new Result(found, Set.of(), List.of(), "the list is incomplete, or changed while it was read");
        } catch (ApiRejectedException refusal) {
            if (!refusal.isAbsent()) {
                return new Result(found, Set.of(), List.of(), refusal.getMessage());
            }
            List<FetchedRecord> refused =
                    wanted.stream().map(id -> unlisted(source, reader, id)).toList();
            return new Result(found, Set.of(), refused, null);
        } catch (ApiException failed) {
            return new Result(found, Set.of(), List.of(), failed.getMessage());
        }
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    private ApiRequest request(Source source, Instant since, LocalDate lastDay) {
        Source.LookUp list = source.lookUp().orElseThrow();
        Map<String, String> query = new LinkedHashMap<>();
        query.put(list.window().get(0), SECONDS.format(since.atZone(settings.zone())));
        query.put(list.window().get(1), SECONDS.format(lastDay.atTime(END_OF_DAY)));
        return new ApiRequest(list.path(), list.path(), query).lowPriority(true).forStream(source.stream());
    }

    /** Moves the records that the list contains from {@code wanted} to {@code found}; returns whether it is complete. */
    private boolean read(
            Source source, ApiRequest request, RowReader reader, Set<String> wanted, List<FetchedRecord> found) {
        PageCursor pages = new PageCursor(
                request,
                source.list().recordsPath(),
                settings.api().perPage(),
                settings.api().maxPages(),
                true);
        Set<String> seen = new HashSet<>();
        OptionalLong firstCount = null;
        boolean usable = true;
        while (pages.hasNext()) {
            for (JsonNode row : pages.accept(api.get(pages.nextRequest())).rows()) {
                FetchedRecord record = reader.read(row);
                usable &= record.id() != null;
                seen.add(record.key());
                if (wanted.remove(record.key())) {
                    found.add(withoutLists(source, record));
                }
            }
            firstCount = firstCount == null ? pages.count() : firstCount;
        }
        OptionalLong count = pages.count();
        return usable
                && pages.oddity().isEmpty()
                && count.isPresent()
                && count.equals(firstCount)
                && count.getAsLong() == seen.size();
    }

    private FetchedRecord unlisted(Source source, RowReader reader, String id) {
        FetchedRecord record = reader.read(LenientJson.object().put(source.idField(), id));
        record.unlisted();
        return withoutLists(source, record);
    }

    private FetchedRecord withoutLists(Source source, FetchedRecord record) {
        source.list().membershipField().ifPresent(views -> record.addMembership(JsonNodeFactory.instance.arrayNode()));
        record.listedOnlyIn(List.of());
        record.join().due(clock.millis(), null);
        record.joined();
        return record;
    }

    private LocalDate dayOf(Instant time) {
        return LocalDate.ofInstant(time, settings.zone());
    }
}
