package io.bangwo8stream.label;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.api.ApiClient;
import io.bangwo8stream.api.ApiRejectedException;
import io.bangwo8stream.api.ApiRequest;
import io.bangwo8stream.api.ApiUnavailableException;
import io.bangwo8stream.api.Page;
import io.bangwo8stream.api.PageSplitter;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.kafka.EventStreamRegistry;
import io.bangwo8stream.kafka.OptionLabels;
import io.bangwo8stream.record.TypedRecord;
import io.bangwo8stream.source.Source;
import io.bangwo8stream.source.SourceRegistry;
import io.bangwo8stream.time.MonotonicTime;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Resolves option ids that an account defines itself, such as problem types, to their labels. The vendor lists the same
 * rows twice, once with ids and once with labels; the resolver learns a pair from the two when it meets an unknown id, and
 * sweeps check each known label every {@code bangwo8.sweep-interval}. The state topic keeps the labels.
 */
@Singleton
public class LabelResolver {

    private static final Logger LOG = Logger.getLogger(LabelResolver.class);
    private static final int LOGGED_OPTIONS = 20;

    private final ApiClient api;
    private final SourceRegistry sources;
    private final Function<String, KnownLabels> labelsOfStream;
    private final Function<String, LabelListHealth> newList;
    private final MeterRegistry meters;
    private final int perPage;
    private final boolean on;
    private final Map<String, KnownLabels> known = new ConcurrentHashMap<>();
    private final Map<String, LabelListHealth> lists = new ConcurrentHashMap<>();
    private final Set<String> unlisted = ConcurrentHashMap.newKeySet();

    @Inject
    LabelResolver(
            ApiClient api,
            SourceRegistry sources,
            EventStreamRegistry streams,
            Settings settings,
            MonotonicTime clock,
            MeterRegistry meters) {
        this(api, sources, stream -> streams.of(stream).labels(), settings, clock, meters);
    }

    /** @param stored the labels that the state topic keeps, by the name of a stream */
    public LabelResolver(
            ApiClient api,
            SourceRegistry sources,
            Function<String, OptionLabels> stored,
            Settings settings,
            MonotonicTime clock,
            MeterRegistry meters) {
        Settings.Scanning scanning = settings.scanning();
        this.api = api;
        this.sources = sources;
        this.labelsOfStream = stream -> new KnownLabels(stored.apply(stream), clock, scanning.sweepInterval());
        this.newList = source -> new LabelListHealth(clock, scanning.pollInterval(), scanning.sweepInterval());
        this.meters = meters;
        this.perPage = settings.api().perPage();
        this.on = settings.problemTypeLabels();
    }

    /**
     * Requests the labels of a page's ids, all at once, where any of them is unknown.
     *
     * @param pageSize rows of a full page of the list
     * @param checks whether to request them too where a known label was not shown for a while: the vendor may have
     *               renamed the option
     */
    public void learn(Source source, Page page, int pageSize, LabelLists request, boolean checks) {
        unlisted.remove(source.name());
        LabelListHealth list = list(source);
        KnownLabels labels = known(source);
        boolean unknown = on && !list.isPaused() && hasAny(source, page, labels::isUnknown);
        boolean stale = on && checks && !list.isCheckPaused() && hasAny(source, page, labels::isStale);
        if (!unknown && !stale) {
            return;
        }
        try {
            // A failed check must not hold up the page: known labels stay in use.
            learn(source, page, pageSize, unknown ? request : request.withoutRetries());
            list.responded();
        } catch (ApiUnavailableException temporary) {
            list.failed(unknown);
            report(source, "unavailable", temporary.getMessage() + ": records whose labels are unknown wait for them");
        } catch (ApiRejectedException notAllowed) {
            list.refused();
            report(source, "refused", notAllowed.getMessage());
        }
    }

    private void learn(Source source, Page page, int pageSize, LabelLists request) {
        KnownLabels labels = known(source);
        LabelPage received = labelPage(source, request.labels(), page.number(), pageSize);
        Page labelPage = received.page();
        Map<Option, String> pairs = LabelLists.pairs(source, page, labelPage);
        SortedSet<Option> changed = new TreeSet<>(pairs.keySet());
        changed.removeIf(option -> !labels.isChange(option, pairs.get(option)));
        if (!changed.isEmpty()) {
            // A record that got another option between the two requests looks like a renamed option.
            Page again = page(source, request.ids(), page.number());
            Map<Option, String> confirmed = LabelLists.pairs(source, again, labelPage);
            Predicate<Option> unconfirmed = option -> !pairs.get(option).equals(confirmed.get(option));
            changed.stream().filter(unconfirmed).toList().forEach(option -> {
                changed.remove(option);
                pairs.remove(option);
            });
        }
        pairs.forEach(labels::show);
        if (received.inParts()) {
            // The options of a row that cannot be read count as options without a label for a while.
            options(source, page).filter(labels::isUnknown).forEach(option -> labels.show(option, ""));
        }
        reportChanges(source, changed);
    }

    /** @param inParts whether the page failed as a whole, and some of its rows may be missing */
    private record LabelPage(Page page, boolean inParts) {}

    /** One refusal alone is not believed: events without labels would be followed by others with them. */
    private LabelPage labelPage(Source source, ApiRequest request, int number, int pageSize) {
        try {
            return new LabelPage(page(source, request, number), false);
        } catch (ApiRejectedException refusal) {
            if (list(source).isRefused()) {
                throw refusal;
            }
            return new LabelPage(page(source, request, number), false);
        } catch (ApiUnavailableException failed) {
            return new LabelPage(parts(source, request, number, pageSize, failed), true);
        }
    }

    /** One row that the API cannot send hides no other label. */
    private Page parts(Source source, ApiRequest request, int number, int pageSize, ApiUnavailableException failed) {
        PageSplitter.Result parts =
                new PageSplitter(api, request, source.list().recordsPath()).split(number, pageSize, failed);
        report(
                source,
                "unreadable",
                failed.getMessage() + ": rows that cannot be read: "
                        + parts.unreadable().size());
        return parts.page(number);
    }

    private Page page(Source source, ApiRequest request, int number) {
        return Page.read(
                request,
                number,
                api.get(request.page(number, perPage)),
                source.list().recordsPath());
    }

    /** Records that the list of {@code source} is refused, so that no label is learned from it. */
    public void refuse(Source source) {
        unlisted.add(source.name());
    }

    /**
     * Whether a row has an id whose label will soon be known: the list with the labels fails at present, or another source
     * of the stream has that list. To publish the record now and again with its label would be two events for one change.
     */
    public boolean isAwaited(Source source, JsonNode row) {
        boolean learns = source.list().labelsPath().isPresent();
        if (!on || learns && !list(source).isDown() || !hasAny(source, row, known(source)::isUnknown)) {
            return false;
        }
        return learns || sources.on().stream().map(sources::get).anyMatch(other -> learnsFor(source, other));
    }

    private boolean learnsFor(Source source, Source other) {
        return source.followsLabelsOf(other) && !list(other).isRefused() && !unlisted.contains(other.name());
    }

    /** Sets the labels of the fields whose ids are known. */
    public void label(Source source, TypedRecord typed) {
        for (Option option : on ? Option.of(source, typed.record()) : Set.<Option>of()) {
            String label = known(source).get(option);
            if (!label.isEmpty() && !typed.labels().has(option.field())) {
                typed.labels().put(option.field(), label);
            }
        }
    }

    /** Another number once a label has changed with which a row of the source is read. */
    public int version(Source source) {
        return known(source).version();
    }

    private static boolean hasAny(Source source, Page page, Predicate<Option> test) {
        return options(source, page).anyMatch(test);
    }

    private static Stream<Option> options(Source source, Page page) {
        return page.rows().stream().flatMap(row -> Option.of(source, row).stream());
    }

    private static boolean hasAny(Source source, JsonNode row, Predicate<Option> test) {
        return Option.of(source, row).stream().anyMatch(test);
    }

    private KnownLabels known(Source source) {
        return known.computeIfAbsent(source.stream(), labelsOfStream);
    }

    private LabelListHealth list(Source source) {
        return lists.computeIfAbsent(source.name(), newList);
    }

    private void report(Source source, String failure, String reason) {
        meters.counter("bangwo8.labels.failures", "source", source.name(), "reason", failure)
                .increment();
        LOG.warnf("labels-%s source=%s reason=%s; known labels stay in use", failure, source.name(), reason);
    }

    private static void reportChanges(Source source, Set<Option> changed) {
        if (!changed.isEmpty()) {
            LOG.infof(
                    "labels-changed source=%s count=%d options=%s",
                    source.name(),
                    changed.size(),
                    changed.stream().limit(LOGGED_OPTIONS).map(Option::toString).collect(Collectors.joining(",")));
        }
    }
}
