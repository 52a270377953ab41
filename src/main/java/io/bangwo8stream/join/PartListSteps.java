package io.bangwo8stream.join;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.api.ApiRequest;
import io.bangwo8stream.api.PageCursor;
import io.bangwo8stream.config.Settings;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** Steps of the route {@code bangwo8-list}, which fetches all pages of a list that belongs to one record. */
@Singleton
@Named("partListSteps")
@RegisterForReflection
public class PartListSteps {

    private final Settings.Api settings;

    PartListSteps(Settings settings) {
        this.settings = settings.api();
    }

    /**
     * The list that {@code request} names, with no page yet.
     *
     * @param recordsPath member of a response that holds the rows, with dots for a nested one
     */
    public PartList start(ApiRequest request, String recordsPath) {
        return new PartList(
                request,
                byCount -> new PageCursor(request, recordsPath, settings.perPage(), settings.maxPages(), byCount));
    }

    /** Adds the rows of the page that the API responded with. */
    public void add(PartList list, JsonNode response) {
        list.add(response);
    }
}
