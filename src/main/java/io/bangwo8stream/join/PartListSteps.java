package io.bangwo8stream.join;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.api.ApiRequest;
import io.bangwo8stream.api.PageCursor;
import io.bangwo8stream.config.Settings;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/** Steps of the route {@code bangwo8-list}, which fetches all pages of a list that belongs to one record. */
@Singleton
@Named("partListSteps")
@RegisterForReflection
public class PartListSteps {

    /** The default of Kafka's producer. */
    private static final int DEFAULT_REQUEST_SIZE = 1_048_576;

    private final Settings.Api settings;
    private final int largest;

    @Inject
    PartListSteps(Settings settings, Config config) {
        this(
                settings,
                config.getOptionalValue("kafka.max.request.size", Integer.class).orElse(DEFAULT_REQUEST_SIZE));
    }

    /** @param largest bytes of an event */
    PartListSteps(Settings settings, int largest) {
        this.settings = settings.api();
        this.largest = largest;
    }

    /**
     * The list that {@code request} names, with no page yet.
     *
     * @param recordsPath member of a response that holds the rows, with dots for a nested one
     */
    public PartList start(ApiRequest request, String recordsPath) {
        return new PartList(
                request,
                byCount -> new PageCursor(request, recordsPath, settings.perPage(), settings.maxPages(), byCount),
                largest);
    }

    /** Adds the rows of the page that the API responded with. */
    public void add(PartList list, JsonNode response) {
        list.add(response);
    }

    /**
     * The rows of all pages, in the API's order.
     *
     * @throws io.bangwo8stream.api.ApiRejectedException when the list is larger than an event can be
     */
    public List<JsonNode> rows(PartList list) {
        return list.rows();
    }
}
