package io.bangwo8stream.label;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.api.ApiClient;
import io.bangwo8stream.api.ApiRejectedException;
import io.bangwo8stream.api.ApiRequest;
import io.bangwo8stream.api.ApiUnavailableException;
import io.bangwo8stream.api.Page;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.record.TypedRecord;
import io.bangwo8stream.source.Source;
import io.bangwo8stream.source.SourceRegistry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Resolves option ids that an account defines itself, such as problem types, to their labels. The vendor lists the same
 * rows twice, once with ids and once with labels; the resolver learns a pair from the two when it meets an unknown id.
 */
@Singleton
public class LabelResolver {

    private static final Logger LOG = Logger.getLogger(LabelResolver.class);
    private static final String NO_LABEL = "";

    private final ApiClient api;
    private final SourceRegistry sources;
    private final Clock clock;
    private final Duration sweepInterval;
    private final Duration pause;
    private final int perPage;
    private final boolean on;
    private final Map<String, String> labels = new ConcurrentHashMap<>();
    private final Map<String, Instant> unlabelled = new ConcurrentHashMap<>();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final Set<String> unlisted = ConcurrentHashMap.newKeySet();
    private final Map<String, Instant> down = new ConcurrentHashMap<>();

    public LabelResolver(ApiClient api, SourceRegistry sources, Settings settings, Clock clock) {
        this.api = api;
        this.sources = sources;
        this.clock = clock;
        this.sweepInterval = settings.scanning().sweepInterval();
        this.pause = settings.scanning().pollInterval();
        this.perPage = settings.api().perPage();
        this.on = settings.problemTypeLabels();
    }

    /** Requests the labels of a page's ids, all at once, where any of them is unknown. */
    public void learn(Source source, Page page, ApiRequest labelList) {
        unlisted.remove(source.name());
        if (!on
                || refused.contains(source.name())
                || isDown(source)
                || page.rows().stream().noneMatch(row -> hasUnknown(source, row))) {
            return;
        }
        try {
            Page labelPage = Page.read(
                    labelList,
                    page.number(),
                    api.get(labelList.page(page.number(), perPage)),
                    source.list().recordsPath());
            learn(source, page, labelPage);
        } catch (ApiUnavailableException temporary) {
            down.put(source.name(), clock.instant().plus(pause));
            LOG.warnf(
                    "labels-unavailable source=%s reason=%s: records whose labels are unknown wait for them",
                    source.name(), temporary.getMessage());
        } catch (ApiRejectedException notAllowed) {
            refused.add(source.name());
            LOG.warnf("labels-refused source=%s reason=%s", source.name(), notAllowed.getMessage());
        }
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
        if (!on || source.list().labelsPath().isPresent() && !isDown(source) || !hasUnknown(source, row)) {
            return false;
        }
        return source.list().labelsPath().isPresent()
                || sources.on().stream().map(sources::get).anyMatch(other -> learnsFor(source, other));
    }

    /** Whether the list with the labels failed within the last poll interval. */
    private boolean isDown(Source source) {
        return clock.instant().isBefore(down.getOrDefault(source.name(), Instant.MIN));
    }

    private boolean learnsFor(Source source, Source other) {
        return source.followsLabelsOf(other) && !refused.contains(other.name()) && !unlisted.contains(other.name());
    }

    /** Sets the labels of the fields whose ids are known. */
    public void label(Source source, TypedRecord typed) {
        for (String field : on ? source.list().labelFields() : Set.<String>of()) {
            String text = labels.getOrDefault(key(field, typed.record().path(field)), NO_LABEL);
            if (!text.isEmpty() && !typed.labels().has(field)) {
                typed.labels().put(field, text);
            }
        }
    }

    /** Rows may shift between the two requests, so rows are matched by the record's id. */
    private void learn(Source source, Page page, Page labelPage) {
        Map<String, JsonNode> labelRows = new HashMap<>();
        labelPage.rows().forEach(row -> labelRows.put(row.path(source.idField()).asText(), row));
        Map<String, String> learned = new HashMap<>();
        for (JsonNode row : page.rows()) {
            JsonNode labelRow = labelRows.get(row.path(source.idField()).asText());
            for (String field :
                    labelRow == null ? Set.<String>of() : source.list().labelFields()) {
                if (isId(row.path(field))) {
                    pair(
                            key(field, row.path(field)),
                            labelRow.path(field).asText("").strip(),
                            learned);
                }
            }
        }
        learned.values().removeIf(String::isEmpty);
        learned.forEach(labels::putIfAbsent);
    }

    private void pair(String key, String text, Map<String, String> learned) {
        if (text.isEmpty()) {
            // The option was deleted, for example: pointless to request it again in every scan.
            unlabelled.put(key, clock.instant());
        } else {
            // A record may get another option between the two requests: contradicting pairs are not learned.
            learned.merge(key, text, (one, other) -> one.equals(other) ? one : NO_LABEL);
        }
    }

    private boolean hasUnknown(Source source, JsonNode row) {
        return source.list().labelFields().stream()
                .anyMatch(field -> isId(row.path(field)) && isUnknown(key(field, row.path(field))));
    }

    private boolean isUnknown(String key) {
        Instant asked = unlabelled.getOrDefault(key, Instant.MIN);
        return !labels.containsKey(key) && !clock.instant().minus(sweepInterval).isBefore(asked);
    }

    private static boolean isId(JsonNode id) {
        return id.asText("").strip().matches("[1-9]\\d{0,17}");
    }

    private static String key(String field, JsonNode id) {
        return field + "=" + id.asText("").strip();
    }
}
