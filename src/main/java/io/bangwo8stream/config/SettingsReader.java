package io.bangwo8stream.config;

import io.bangwo8stream.config.Settings.Api;
import io.bangwo8stream.config.Settings.Login;
import io.bangwo8stream.config.Settings.Scanning;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Turns the settings as written into {@link Settings}, or says everything that is wrong with them. */
@Singleton
public class SettingsReader {

    /** The one source that goes through agents. */
    private static final String OF_AGENTS = "agent-records";

    private final StreamConfig config;
    private final ConfigurationErrors errors = new ConfigurationErrors();

    SettingsReader(StreamConfig config) {
        this.config = config;
    }

    /**
     * The checked settings.
     *
     * @throws ConfigurationException with one line per mistake, each naming its key
     */
    @Produces
    @Singleton
    public Settings settings() {
        List<String> sources = each("bangwo8.sources", config.sources(), SettingParsers::token);
        Settings settings = new Settings(
                api(),
                errors.parse("bangwo8.tenant", config.tenant(), SettingParsers::token),
                errors.parse("bangwo8.zone", config.zone(), SettingParsers::zone),
                sources,
                agents(sources),
                each("bangwo8.ticket-views", config.ticketViews(), SettingParsers::id),
                orNo(errors.parse("bangwo8.problem-type-labels", config.problemTypeLabels(), SettingParsers::yesOrNo)),
                scanning(),
                orNo(errors.parse("bangwo8.once", config.once(), SettingParsers::yesOrNo)),
                topics());
        if (!errors.messages().isEmpty()) {
            throw new ConfigurationException(String.join(System.lineSeparator(), errors.messages()));
        }
        return settings;
    }

    private Api api() {
        return new Api(
                errors.parse("bangwo8.base-url", config.baseUrl(), SettingParsers::origin),
                login(),
                orZero(errors.parse("bangwo8.per-page", config.perPage(), SettingParsers.integerFrom(1))),
                orZero(errors.parse("bangwo8.max-in-flight", config.maxInFlight(), SettingParsers.integerFrom(1))),
                orZero(errors.parse("bangwo8.requests-per-second", config.requestsPerSecond(), SettingParsers::rate)),
                errors.parse("bangwo8.request-timeout", config.requestTimeout(), SettingParsers::pause),
                orZero(errors.parse(
                        "bangwo8.max-response-size", config.maxResponseSize(), SettingParsers.integerFrom(1))),
                orZero(errors.parse("bangwo8.max-pages", config.maxPages(), SettingParsers.integerFrom(1))));
    }

    private Login login() {
        // The route that repeats calls takes these two by their names.
        errors.parse("bangwo8.max-retries", config.maxRetries(), SettingParsers.integerFrom(0));
        errors.parse("bangwo8.retry-delay", config.retryDelay(), SettingParsers::pause);
        return switch (config.auth()) {
            case "basic" ->
                new Login(
                        Login.Scheme.BASIC,
                        required("bangwo8.account", config.account(), "basic"),
                        required("bangwo8.password", config.password(), "basic"));
            case "oauth2" ->
                new Login(
                        Login.Scheme.OAUTH2,
                        required("bangwo8.client-id", config.clientId(), "oauth2"),
                        required("bangwo8.client-secret", config.clientSecret(), "oauth2"));
            default -> {
                errors.note("bangwo8.auth", "is '" + config.auth() + "', but it must be basic or oauth2");
                yield null;
            }
        };
    }

    private String required(String key, Optional<String> value, String scheme) {
        if (value.isEmpty()) {
            errors.note(key, "is missing, and bangwo8.auth=" + scheme + " needs it");
        }
        return value.orElse("");
    }

    private Scanning scanning() {
        return new Scanning(
                errors.parse("bangwo8.poll-interval", config.pollInterval(), SettingParsers::pause),
                errors.parse("bangwo8.sweep-interval", config.sweepInterval(), SettingParsers::pause),
                orZero(errors.parse("bangwo8.look-back", config.lookBack(), SettingParsers::days)),
                orZero(errors.parse("bangwo8.max-look-back", config.maxLookBack(), SettingParsers::days)),
                revisits(),
                config.startDate().map(date -> errors.parse("bangwo8.start-date", date, SettingParsers::date)));
    }

    private List<Duration> revisits() {
        List<Duration> revisits =
                each("bangwo8.revisit-after", Optional.of(config.revisitAfter()), SettingParsers::pause);
        if (!revisits.equals(revisits.stream().sorted().distinct().toList())) {
            errors.note("bangwo8.revisit-after", "must ascend, such as 10m,1h,1d");
        }
        return revisits;
    }

    private List<String> agents(List<String> sources) {
        if (config.agents().isEmpty() && sources.contains(OF_AGENTS)) {
            errors.note("bangwo8.agents", "is missing, and the source " + OF_AGENTS + " needs it");
        }
        return each("bangwo8.agents", config.agents(), SettingParsers::id);
    }

    private <T> List<T> each(String key, Optional<List<String>> values, Function<String, T> parser) {
        return values.orElse(List.of()).stream()
                .map(value -> errors.parse(key, value, parser))
                .filter(value -> value != null)
                .toList();
    }

    private Map<String, String> topics() {
        Map<String, String> topics = new LinkedHashMap<>();
        Map<String, String> owners = new HashMap<>();
        new TreeMap<>(config.topics()).forEach((what, topic) -> {
            String key = "bangwo8.topics." + what;
            topics.put(what, errors.parse(key, topic, SettingParsers::token));
            String owner = owners.putIfAbsent(topic.strip(), key);
            if (owner != null) {
                errors.note(key, "is '" + topic + "', but " + owner + " is that topic already");
            }
        });
        return topics;
    }

    private static boolean orNo(Boolean value) {
        return Boolean.TRUE.equals(value);
    }

    private static int orZero(Integer value) {
        return value == null ? 0 : value;
    }

    private static double orZero(Double value) {
        return value == null ? 0 : value;
    }
}
