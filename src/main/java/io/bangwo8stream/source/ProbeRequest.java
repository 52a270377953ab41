package io.bangwo8stream.source;

import io.bangwo8stream.api.ApiRequest;
import io.bangwo8stream.config.Settings;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;

/** The request that shows, at the least cost, whether the API answers and accepts the login. */
@Singleton
public class ProbeRequest {

    private final SourceRegistry sources;
    private final Settings settings;
    private final Clock clock;

    public ProbeRequest(SourceRegistry sources, Settings settings, Clock clock) {
        this.sources = sources;
        this.settings = settings;
        this.clock = clock;
    }

    /** One row of the first source's list of today; of the list of views, where that list needs ids from the API. */
    public ApiRequest get() {
        return of(sources.get(sources.on().iterator().next()));
    }

    /** The same for the list of {@code source}. */
    public ApiRequest of(Source source) {
        String listIds = source.list().listIds().orElse("");
        LocalDate today = LocalDate.ofInstant(clock.instant(), settings.zone());
        ApiRequest request = listIds.startsWith("#")
                ? new ApiRequest("/ticketviews.json", "/ticketviews.json", Map.of())
                : source.list().request(new DateRange(today, today), listIds.split(",")[0].strip());
        return request.page(1, 1).withoutRetries();
    }
}
