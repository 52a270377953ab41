package io.bangwo8stream.config;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Reads the settings of the product's application.properties, with overrides. */
public final class TestSettings {

    public static final String ACCOUNT = "desk-account";
    public static final String PASSWORD = "a pass:word/ü";

    private TestSettings() {}

    /** Returns the settings with an account, and with {@code keysAndValues} instead of the defaults. */
    public static Settings of(String... keysAndValues) {
        return reader(overrides(keysAndValues)).settings();
    }

    /** The unchecked texts of the same settings. */
    public static StreamConfig config(String... keysAndValues) {
        return config(overrides(keysAndValues));
    }

    static SettingsReader reader(Map<String, String> overrides) {
        return new SettingsReader(config(overrides));
    }

    private static StreamConfig config(Map<String, String> overrides) {
        try {
            return new SmallRyeConfigBuilder()
                    .addDefaultInterceptors()
                    .withMapping(StreamConfig.class)
                    .withSources(
                            new PropertiesConfigSource(
                                    Objects.requireNonNull(TestSettings.class.getResource("/application.properties")),
                                    100),
                            new PropertiesConfigSource(overrides, "the test", 200))
                    .build()
                    .getConfigMapping(StreamConfig.class);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static Map<String, String> overrides(String... keysAndValues) {
        Map<String, String> overrides = new HashMap<>(Map.of("bangwo8.account", ACCOUNT, "bangwo8.password", PASSWORD));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            overrides.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return overrides;
    }
}
