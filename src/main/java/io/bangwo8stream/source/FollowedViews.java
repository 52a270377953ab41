package io.bangwo8stream.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.api.ApiClient;
import io.bangwo8stream.api.ApiRejectedException;
import io.bangwo8stream.api.ApiRequest;
import io.bangwo8stream.api.ApiUnavailableException;
import io.bangwo8stream.api.Page;
import io.bangwo8stream.api.PageCursor;
import io.bangwo8stream.api.PageSplitter;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.record.FieldTable;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.record.RecordTyper;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** The ticket views whose tickets are followed: those of {@code bangwo8.ticket-views}, or all active ones. */
@Singleton
@Named("followedViews")
class FollowedViews implements ListIdProvider {

    private static final Logger LOG = Logger.getLogger(FollowedViews.class);
    private static final ApiRequest VIEWS = new ApiRequest("/ticketviews.json", "/ticketviews.json", Map.of());
    private static final String RECORDS_PATH = "ticketviews";
    private static final String VIEW = "/ticketviews/{id}.json";
    private static final int ACTIVE = 1;
    /** Other values with which the vendor states that a view is active. */
    private static final Set<String> ACTIVE_TEXTS = Set.of("true", "yes");

    private final ApiClient api;
    private final RecordTyper typer;
    private final FieldTable fields = FieldTable.bundled("ticket-view");
    private final List<String> configured;
    private final Settings.Api settings;
    /** The active views; unknown until the list is read. */
    private volatile Optional<Set<String>> followed = Optional.empty();

    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final Set<String> unknown = ConcurrentHashMap.newKeySet();

    FollowedViews(ApiClient api, RecordTyper typer, Settings settings, MeterRegistry meters) {
        this.api = api;
        this.typer = typer;
        this.configured = settings.ticketViews();
        this.settings = settings.api();
        configured.forEach(id -> Gauge.builder("bangwo8.view.unknown", unknown, views -> views.contains(id) ? 1 : 0)
                .tag("view", id)
                .register(meters));
    }

    @Override
    public List<String> ids(String stream, Supplier<Set<String>> listed) {
        return configured.isEmpty()
                ? active(VIEWS.forStream(stream), listed)
                : configured.stream().filter(id -> exists(id, stream)).toList();
    }

    @Override
    public void refused(String id) {
        known.remove(id);
        followed = followed.map(views -> {
            Set<String> others = new HashSet<>(views);
            others.remove(id);
            return others;
        });
    }

    private List<String> active(ApiRequest views, Supplier<Set<String>> listed) {
        Set<String> active = new LinkedHashSet<>();
        Set<String> inactive = new HashSet<>();
        int unreadable = 0;
        // By count too: a view that is left out would seem to have lost its tickets.
        PageCursor pages = new PageCursor(views, RECORDS_PATH, settings.perPage(), settings.maxPages(), true);
        while (pages.hasNext()) {
            ApiRequest request = pages.nextRequest();
            Page page;
            try {
                page = pages.accept(api.get(request));
            } catch (ApiUnavailableException failed) {
                PageSplitter.Result parts =
                        new PageSplitter(api, request, RECORDS_PATH).split(pages.number(), pages.pageSize(), failed);
                unreadable += parts.unreadable().size();
                page = pages.acceptParts(parts);
            }
            page.rows().forEach(row -> add(row, active, inactive));
        }
        if (unreadable > 0 || pages.isShort()) {
            Set<String> missing = new TreeSet<>(followed.orElseGet(listed));
            missing.removeAll(active);
            missing.removeAll(inactive);
            report(pages, unreadable, missing);
            active.addAll(missing);
        }
        followed = Optional.of(active);
        return List.copyOf(active);
    }

    /** What the list does not show may exist still: it is followed if it was, and its own list tells. */
    private static void report(PageCursor pages, int unreadable, Set<String> missing) {
        LOG.warnf(
                "view-skipped reason=ticketviews.json is incomplete%s, unreadable rows: %d: still follows %s",
                pages.oddity().map(oddity -> " (" + oddity + ")").orElse(""),
                unreadable,
                missing.isEmpty() ? "no view that it does not show" : "the views " + String.join(",", missing));
    }

    private void add(JsonNode row, Set<String> active, Set<String> inactive) {
        ObjectNode view =
                row instanceof ObjectNode object ? typer.type(object, fields).record() : LenientJson.object();
        if (!view.path("id").isIntegralNumber()) {
            // The source ticket-views sends the row to the dead-letter topic.
            LOG.warnf("view-skipped reason=a row of ticketviews.json has no numeric id");
        } else if (view.path("active").asInt() == ACTIVE || isActive(row.path("active"))) {
            active.add(view.path("id").asText());
        } else {
            inactive.add(view.path("id").asText());
        }
    }

    private static boolean isActive(JsonNode sent) {
        return ACTIVE_TEXTS.contains(sent.asText().strip().toLowerCase(Locale.ROOT));
    }

    /**
     * Requested once for each view, and again when its list was refused: a mistyped id would otherwise look like a view
     * without tickets, and a deleted view like one whose tickets cannot be read now.
     */
    private boolean exists(String id, String stream) {
        if (known.contains(id)) {
            return true;
        }
        try {
            api.get(ApiRequest.of(VIEW, id, Map.of()).forStream(stream));
            unknown.remove(id);
            return known.add(id);
        } catch (ApiRejectedException refused) {
            if (!refused.isAbsent()) {
                throw refused;
            }
            if (unknown.add(id)) {
                LOG.warnf(
                        "view-unknown bangwo8.ticket-views=%s reason=%s: follows the other views, and looks for this one"
                                + " in every sweep",
                        id, refused.getMessage());
            }
            return false;
        }
    }
}
