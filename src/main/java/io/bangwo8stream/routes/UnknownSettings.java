package io.bangwo8stream.routes;

import io.bangwo8stream.config.SettingNames;
import io.bangwo8stream.kafka.KafkaSettingNames;
import io.bangwo8stream.source.RouteFile;
import io.bangwo8stream.source.RouteFiles;
import io.smallrye.config.EnvConfigSource;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jboss.logging.Logger;

/** Finds settings whose names nobody knows: the product, the routes, and Kafka's clients. */
@Singleton
public class UnknownSettings {

    private static final Logger LOG = Logger.getLogger(UnknownSettings.class);

    private static final String RELOAD = "camel.main.routes-reload-enabled";
    private static final String LOCATIONS = "quarkus.config.locations";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??!?(bangwo8\\.[A-Za-z0-9._-]+)");

    private final Config config;
    private final RouteFiles files;

    UnknownSettings(Config config, RouteFiles files) {
        this.config = config;
        this.files = files;
    }

    /** Returns one message for each name that is refused, and logs a warning for each that is only suspicious. */
    public List<String> problems() {
        SettingNames settings = new SettingNames(namesInRoutes());
        KafkaSettingNames kafka = new KafkaSettingNames();
        List<String> problems = new ArrayList<>(absentLocations());
        if (config.getOptionalValue(RELOAD, Boolean.class).orElse(false)) {
            problems.add(
                    RELOAD + " is true, but would stop every source at each edit: remove it, and name the folder of"
                            + " your routes in bangwo8.routes, which is watched");
        }
        Set<String> properties = properties();
        Set<String> variables = new TreeSet<>(System.getenv().keySet());
        properties.forEach(name -> settings.problemOfProperty(name).ifPresent(problems::add));
        variables.forEach(name -> settings.problemOfVariable(name).ifPresent(problems::add));
        Set<String> all = new TreeSet<>(properties);
        all.addAll(variables);
        all.forEach(name -> kafka.unknown(name).ifPresent(unknown -> {
            if (unknown.isTypo()) {
                problems.add(unknown.text());
            } else {
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
        for (RouteFile file : files.current().routes()) {
            PLACEHOLDER.matcher(file.content()).results().forEach(found -> names.add(found.group(1)));
        }
        return names;
    }
}
