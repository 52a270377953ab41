package io.bangwo8stream.scan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.bangwo8stream.api.ApiException;
import io.bangwo8stream.change.RecordState;
import io.bangwo8stream.schedule.ScanSchedule;
import io.opentelemetry.api.trace.Span;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The pages of several lists that share records: each record once, with the ids of the lists containing it. A list that
 * was not read completely counts as containing what it contained when it was.
 */
final class MergedListPages implements PageSequence {

    private final Scan scan;
    private final List<ListPages> parts;
    private final Function<String, RecordState> states;
    private final int perPage;
    private final FoundRecords found;
    private final SeenRecords seen;
    private final Map<String, String> names;
    private List<ListPages> uncertain = List.of();
    private Iterator<FoundRecords.Found> remaining;
    private int pages;
    private boolean unfinished;
    private ApiException unexpectedFailure;

    /**
     * @param parts  one for each list, not started yet
     * @param found  takes the records of all lists
     * @param states finds the stored state of a record
     * @param seen   takes the records of this pass, and knows those of earlier passes
     */
    MergedListPages(
            Scan scan,
            List<ListPages> parts,
            FoundRecords found,
            Function<String, RecordState> states,
            int perPage,
            SeenRecords seen) {
        this.scan = scan;
        this.parts = parts;
        this.found = found;
        this.states = states;
        this.perPage = perPage;
        this.seen = seen;
        this.names = parts.stream().collect(Collectors.toMap(ListPages::id, ListPages::name, (one, same) -> one));
    }

    @Override
    public boolean hasNext() {
        return remaining == null ? !scan.isAborted() : remaining.hasNext() && !scan.isAborted();
    }

    @Override
    public FetchedPage next() {
        try {
            return nextPage();
        } catch (RuntimeException | Error unexpected) {
            unexpectedFailure = ListPages.unexpected(scan, unexpected);
            remaining = Collections.emptyIterator();
            return new FetchedPage(scan, 0, List.of());
        }
    }

    private FetchedPage nextPage() {
        if (remaining == null) {
            parts.forEach(this::collect);
            uncertain = parts.stream()
                    .filter(part -> !part.shortcomings().isEmpty())
                    .toList();
            // Without the remaining lists a record would seem to have left them.
            remaining = unfinished ? Collections.emptyIterator() : found.iterator();
            scan.report().seen(unfinished ? 0 : seen.countOfNew());
        }
        Span span = scan.trace().page(due());
        List<FetchedRecord> records = new ArrayList<>(perPage);
        while (remaining.hasNext() && records.size() < perPage) {
            FetchedRecord record = record(remaining.next());
            remaining.remove();
            if (seen.settle(record)) {
                records.add(record);
            }
        }
        return new FetchedPage(scan, ++pages, records, span);
    }

    @Override
    public ScanSchedule.Due due() {
        return parts.get(0).due();
    }

    @Override
    public List<String> lists() {
        return parts.stream().flatMap(part -> part.lists().stream()).toList();
    }

    @Override
    public Set<String> names() {
        return parts.stream().flatMap(part -> part.names().stream()).collect(Collectors.toSet());
    }

    /** All of the lists or none: a record that one of them does not contain may have moved to another. */
    @Override
    public Set<String> proved() {
        return !seen.hasChanged() && parts.stream().allMatch(ListPages::isProved) ? names() : Set.of();
    }

    @Override
    public List<String> refused() {
        return parts.stream().flatMap(part -> part.refused().stream()).toList();
    }

    /** The ids of the lists that were not read completely. */
    List<String> uncertain() {
        return uncertain.stream().map(ListPages::id).toList();
    }

    @Override
    public int attempt() {
        return parts.get(0).attempt();
    }

    @Override
    public boolean isUnfinished() {
        return unfinished;
    }

    @Override
    public List<String> shortcomings() {
        TreeSet<String> shortcomings = new TreeSet<>();
        parts.forEach(part -> shortcomings.addAll(part.shortcomings()));
        if (seen.hasChanged()) {
            shortcomings.add(ListPages.PAGES_SHIFTED);
        }
        return List.copyOf(shortcomings);
    }

    @Override
    public ApiException failure() {
        if (unexpectedFailure != null) {
            return unexpectedFailure;
        }
        return parts.stream()
                .map(ListPages::failure)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    @Override
    public Optional<ApiException> cause() {
        return Optional.<ApiException>ofNullable(failure())
                .or(() -> parts.stream().flatMap(part -> part.cause().stream()).findFirst());
    }

    @Override
    public boolean isReceived() {
        return parts.stream().anyMatch(ListPages::isReceived);
    }

    @Override
    public SeenRecords seen() {
        return seen;
    }

    @Override
    public int fullPages(String list) {
        return parts.stream()
                .filter(part -> part.id().equals(list))
                .mapToInt(part -> part.fullPages(list))
                .sum();
    }

    @Override
    public boolean isUnsettled() {
        return parts.stream().anyMatch(ListPages::hasSeveralPages) && seen.isUnsettled();
    }

    @Override
    public Map<LocalDate, Integer> rowsByDay() {
        return Map.of();
    }

    @Override
    public OptionalLong count() {
        return OptionalLong.empty();
    }

    private void collect(ListPages part) {
        while (part.hasNext()) {
            FetchedPage page = part.next();
            scan.trace().ended(page);
            for (FetchedRecord record : page.records()) {
                found.add(record, Long.parseLong(part.id()));
                seen.add(record);
            }
        }
        unfinished |= part.isUnfinished();
    }

    private void addLastKnown(String key, Set<Long> lists) {
        RecordState before = uncertain.isEmpty() ? null : states.apply(key);
        if (before != null) {
            uncertain.stream()
                    .filter(list -> before.presence().lists().containsAll(list.names()))
                    .forEach(list -> lists.add(Long.parseLong(list.id())));
        }
    }

    private FetchedRecord record(FoundRecords.Found one) {
        FetchedRecord record = one.record();
        Set<Long> lists = new TreeSet<>(one.lists());
        addLastKnown(record.key(), lists);
        ArrayNode ids = JsonNodeFactory.instance.arrayNode();
        lists.forEach(ids::add);
        record.addMembership(ids);
        record.listedOnlyIn(
                lists.stream().map(id -> names.get(Long.toString(id))).toList());
        return record;
    }
}
