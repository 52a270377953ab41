package io.bangwo8stream.lifecycle;

import io.bangwo8stream.config.SettingNames;
import io.bangwo8stream.kafka.KafkaSettingNames;
import io.smallrye.config.EnvConfigSource;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PackageScanResourceResolver;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jboss.logging.Logger;

/** Finds settings whose names nobody knows: the product, the routes, and Kafka's clients. */
@Singleton
class UnknownSettings {

    private static final Logger LOG = Logger.getLogger(UnknownSettings.class);

    private static final String LOCATIONS = "quarkus.config.locations";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??!?(bangwo8\\.[A-Za-z0-9._-]+)");

    private final Config config;
    private final CamelContext context;

    UnknownSettings(Config config, CamelContext context) {
        this.config = config;
        this.context = context;
    }

    /** Returns one message for each name that is refused, and logs a warning for each that is only suspicious. */
    List<String> problems() {
        SettingNames settings = new SettingNames(namesInRoutes());
        KafkaSettingNames kafka = new KafkaSettingNames();
        List<String> problems = new ArrayList<>(absentLocations());
        Set<String> properties = properties();
        Set<String> variables = new TreeSet<>(System.getenv().keySet());
        properties.forEach(name -> settings.problemOfProperty(name).ifPresent(problems::add));
        variables.forEach(name -> settings.problemOfVariable(name).ifPresent(problems::add));
        Set<String> all = new TreeSet<>(properties);
        all.addAll(variables);
        all.forEach(name -> kafka.unknown(name).ifPresent(unknown -> {
            if (unknown.isTypo()) {
                problems.add(unknown.text());
            } else if (properties.contains(name)) {
                LOG.warnf("setting-unknown %s", unknown.text());
            }
        }));
        return problems;
    }

    /** Quarkus ignores a location that does not exist, and with it all settings that somebody wrote there. */
    private List<String> absentLocations() {
        return Stream.of(config.getOptionalValue(LOCATIONS, String.class)
                        .orElse("")
                        .split(","))
                .map(String::strip)
                .filter(location -> !location.isEmpty() && !location.contains(":") && !Files.exists(Path.of(location)))
                .map(location -> LOCATIONS + " or BANGWO8_CONFIG names " + location
                        + ", which does not exist: name a file of settings, or a folder of such files")
                .toList();
    }

    /** Without those of the environment, whose names Config also shows in other forms. */
    private Set<String> properties() {
        Set<String> names = new TreeSet<>();
        for (ConfigSource source : config.getConfigSources()) {
            if (!(source instanceof EnvConfigSource)) {
                names.addAll(source.getPropertyNames());
            }
        }
        return names;
    }

    /** The settings that the routes name in placeholders, of all files that Camel is going to load. */
    private Set<String> namesInRoutes() {
        Set<String> names = new TreeSet<>();
        PackageScanResourceResolver resolver = PluginHelper.getPackageScanResourceResolver(context);
        for (String pattern : config.getOptionalValue("camel.main.routes-include-pattern", String.class)
                .orElse("")
                .split(",")) {
            try {
                for (Resource file : resolver.findResources(pattern.strip())) {
                    PLACEHOLDER.matcher(text(file)).results().forEach(found -> names.add(found.group(1)));
                }
            } catch (Exception unreadable) {
                // Camel reports it when it loads the routes.
                LOG.debugf("unread pattern=%s reason=%s", pattern, unreadable);
            }
        }
        return names;
    }

    private static String text(Resource file) {
        try (var content = file.getInputStream()) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
