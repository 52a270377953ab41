package io.bangwo8stream.config;

import io.bangwo8stream.config.Settings.Api;
import io.bangwo8stream.config.Settings.Login;
import io.bangwo8stream.config.Settings.Scanning;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Converts the configured texts to {@link Settings}, or reports all errors in them. */
@Singleton
public class SettingsReader {

    /** The only source whose lists are those of agents. */
    private static final String AGENT_RECORDS = "agent-records";

    private final StreamConfig config;
    private final ConfigurationErrors errors = new ConfigurationErrors();
    private final NetworkReader network;

    @Inject
    SettingsReader(StreamConfig config) {
        this(config, System::getenv);
    }

    /** @param environment returns an environment variable of the process, or {@code null} */
    SettingsReader(StreamConfig config, UnaryOperator<String> environment) {
        this.config = config;
        this.network = new NetworkReader(config, errors, environment);
    }

    /**
     * Returns the checked settings.
     *
     * @throws ConfigurationException with one line per error, each of which names the key
     */
    @Produces
    @Singleton
    public Settings settings() {
        List<String> sources = parseAll("bangwo8.sources", config.sources(), SettingParsers::name);
        Settings settings = new Settings(
                api(),
                errors.parse("bangwo8.tenant", config.tenant(), SettingParsers::name),
                errors.parse("bangwo8.zone", config.zone(), SettingParsers::zone),
                sources,
                agents(sources),
                parseAll("bangwo8.ticket-views", config.ticketViews(), SettingParsers::id),
                orFalse(errors.parse("bangwo8.problem-type-labels", config.problemTypeLabels(), SettingParsers::bool)),
                scanning(),
                orFalse(errors.parse("bangwo8.deletions", config.deletions(), SettingParsers::bool)),
                orFalse(errors.parse("bangwo8.once", config.once(), SettingParsers::bool)),
                topics());
        if (!errors.messages().isEmpty()) {
            throw new ConfigurationException(String.join(System.lineSeparator(), errors.messages()));
        }
        return settings;
    }

    private Api api() {
        URI origin = network.origin();
        return new Api(
                origin,
                login(),
                orZero(errors.parse("bangwo8.per-page", config.perPage(), SettingParsers.integerFrom(1))),
                orZero(errors.parse("bangwo8.max-in-flight", config.maxInFlight(), SettingParsers.integerFrom(1))),
                orZero(errors.parse("bangwo8.requests-per-second", config.requestsPerSecond(), SettingParsers::rate)),
                errors.parse("bangwo8.request-timeout", config.requestTimeout(), SettingParsers::positiveDuration),
                orZero(errors.parse(
                        "bangwo8.max-response-size", config.maxResponseSize(), SettingParsers.integerFrom(1))),
                orZero(errors.parse("bangwo8.max-pages", config.maxPages(), SettingParsers.integerFrom(1))),
                network.network(origin));
    }

    private Login login() {
        // Only checked here: the retry policy reads these two settings itself.
        errors.parse("bangwo8.max-retries", config.maxRetries(), SettingParsers.integerFrom(0));
        errors.parse("bangwo8.retry-delay", config.retryDelay(), SettingParsers::positiveDuration);
        return switch (config.auth()) {
            case "basic" ->
                new Login(
                        Login.Scheme.BASIC,
                        required("bangwo8.account", config.account(), "basic"),
                        secret("bangwo8.password", config.password(), config.passwordFile(), "basic"));
            case "oauth2" ->
                new Login(
                        Login.Scheme.OAUTH2,
                        required("bangwo8.client-id", config.clientId(), "oauth2"),
                        secret("bangwo8.client-secret", config.clientSecret(), config.clientSecretFile(), "oauth2"));
            default -> {
                errors.add("bangwo8.auth", "is '" + config.auth() + "', but it must be basic or oauth2");
                yield null;
            }
        };
    }

    private Secret secret(String key, Optional<String> value, Optional<String> file, String scheme) {
        String fileKey = key + "-file";
        if (file.isEmpty()) {
            return new Secret.Given(required(key, value, scheme));
        }
        if (value.isPresent()) {
            errors.add(fileKey, "is set, and " + key + " too; remove one of them");
        }
        return errors.parse(fileKey, file.get(), path -> new Secret.InFile(fileKey, Path.of(path)));
    }

    private String required(String key, Optional<String> value, String scheme) {
        if (value.isEmpty()) {
            errors.add(key, "is missing; bangwo8.auth=" + scheme + " requires it");
        }
        return value.orElse("");
    }

    private Scanning scanning() {
        return new Scanning(
                errors.parse("bangwo8.page-deadline", config.pageDeadline(), SettingParsers::positiveDuration),
                errors.parse("bangwo8.poll-interval", config.pollInterval(), SettingParsers::positiveDuration),
                errors.parse("bangwo8.sweep-interval", config.sweepInterval(), SettingParsers::positiveDuration),
                orZero(errors.parse("bangwo8.look-back", config.lookBack(), SettingParsers::days)),
                orZero(errors.parse("bangwo8.max-look-back", config.maxLookBack(), SettingParsers::days)),
                revisitDelays(),
                config.startDate().map(date -> errors.parse("bangwo8.start-date", date, SettingParsers::date)));
    }

    private List<Duration> revisitDelays() {
        List<Duration> delays =
                parseAll("bangwo8.revisit-after", Optional.of(config.revisitAfter()), SettingParsers::positiveDuration);
        if (!delays.equals(delays.stream().sorted().distinct().toList())) {
            errors.add("bangwo8.revisit-after", "must be in ascending order, without duplicates, such as 10m,1h,1d");
        }
        return delays;
    }

    private List<String> agents(List<String> sources) {
        if (config.agents().isEmpty() && sources.contains(AGENT_RECORDS)) {
            errors.add("bangwo8.agents", "is missing; the source " + AGENT_RECORDS + " requires it");
        }
        return parseAll("bangwo8.agents", config.agents(), SettingParsers::id);
    }

    private <T> List<T> parseAll(String key, Optional<List<String>> values, Function<String, T> parser) {
        return values.orElse(List.of()).stream()
                .map(value -> errors.parse(key, value, parser))
                .filter(value -> value != null)
                .toList();
    }

    private Map<String, String> topics() {
        Map<String, String> topics = new LinkedHashMap<>();
        Map<String, String> keys = new HashMap<>();
        new TreeMap<>(config.topics()).forEach((content, topic) -> {
            String key = "bangwo8.topics." + content;
            topics.put(content, errors.parse(key, topic, SettingParsers::name));
            String otherKey = keys.putIfAbsent(topic.strip(), key);
            if (otherKey != null) {
                errors.add(key, "is '" + topic + "', but " + otherKey + " already uses this topic; name another one");
            }
        });
        return topics;
    }

    private static boolean orFalse(Boolean value) {
        return Boolean.TRUE.equals(value);
    }

    private static int orZero(Integer value) {
        return value == null ? 0 : value;
    }

    private static double orZero(Double value) {
        return value == null ? 0 : value;
    }
}
