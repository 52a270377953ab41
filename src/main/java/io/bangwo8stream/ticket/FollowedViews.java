package io.bangwo8stream.ticket;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.api.ApiClient;
import io.bangwo8stream.api.ApiRejectedException;
import io.bangwo8stream.api.ApiRequest;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.walk.ListIds;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/** The ticket views whose tickets are followed: those of {@code bangwo8.ticket-views}, or all active ones. */
@Singleton
@Named("followedViews")
class FollowedViews implements ListIds {

    private static final Logger LOG = Logger.getLogger(FollowedViews.class);
    private static final ApiRequest VIEWS = new ApiRequest("/ticketviews.json", "/ticketviews.json", Map.of());
    private static final String VIEW = "/ticketviews/{id}.json";

    private final ApiClient api;
    private final List<String> configured;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    FollowedViews(ApiClient api, Settings settings) {
        this.api = api;
        this.configured = settings.ticketViews();
    }

    @Override
    public List<String> ids() {
        return configured.isEmpty() ? active() : configured.stream().filter(this::exists).toList();
    }

    private List<String> active() {
        JsonNode views = api.get(VIEWS).path("ticketviews");
        List<String> active = new ArrayList<>();
        StreamSupport.stream(views.spliterator(), false)
                .filter(view -> view.path("active").asText().equals("1"))
                .forEach(view -> active.add(view.path("id").asText()));
        return active;
    }

    /** Asked once for each view: a mistyped id would otherwise pass for a view without tickets. */
    private boolean exists(String id) {
        if (known.contains(id)) {
            return true;
        }
        try {
            api.get(ApiRequest.of(VIEW, id, Map.of()));
            return known.add(id);
        } catch (ApiRejectedException unknown) {
            LOG.warnf("unknown-view bangwo8.ticket-views=%s reason=%s", id, unknown.getMessage());
            return false;
        }
    }
}
