package io.bangwo8stream.routes;

import io.bangwo8stream.config.Settings;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/** Finds wrong, missing and unknown settings, before anything is built on them. */
@Singleton
public class SettingsCheck {

    private static final String BROKERS = "kafka.bootstrap.servers";

    private final Config config;
    private final UnknownSettings unknown;
    private final Instance<Settings> settings;

    SettingsCheck(Config config, UnknownSettings unknown, Instance<Settings> settings) {
        this.config = config;
        this.unknown = unknown;
        this.settings = settings;
    }

    /** One message for each setting that is wrong; empty when all are good. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>(unknown.problems());
        try {
            settings.get();
        } catch (ConfigurationException wrong) {
            wrong.getMessage().lines().forEach(problems::add);
        }
        if (config.getOptionalValue(BROKERS, String.class).isEmpty()) {
            problems.add(BROKERS + " is missing: name the Kafka brokers, such as broker:9092");
        }
        return problems;
    }
}
