package io.bangwo8stream.routes;

import io.bangwo8stream.config.Settings;
import io.bangwo8stream.source.RouteFile;
import io.bangwo8stream.source.RouteSet;
import io.bangwo8stream.source.Source;
import io.bangwo8stream.source.SourceRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.eclipse.microprofile.config.Config;

/** Finds what is wrong with a set of route files, as a whole and before anything runs with them. */
@Singleton
public class RouteValidator {

    private final CamelContext context;
    private final BeanTypes beans;
    private final Settings settings;
    private final Function<String, Optional<String>> values;

    @Inject
    RouteValidator(CamelContext context, BeanTypes beans, Settings settings, Config config) {
        this(
                context,
                beans,
                settings,
                name -> Optional.ofNullable(config.getConfigValue(name).getSourceName())
                        .map(source -> Optional.ofNullable(
                                        config.getConfigValue(name).getValue())
                                .orElse("")));
    }

    /** @param values finds the value of a setting; empty where nobody has set it */
    RouteValidator(
            CamelContext context, BeanTypes beans, Settings settings, Function<String, Optional<String>> values) {
        this.context = context;
        this.beans = beans;
        this.settings = settings;
        this.values = values;
    }

    /** What is wrong with {@code files}; empty when the product can run with them. */
    public List<Finding> findings(RouteSet files) {
        List<Finding> found = new ArrayList<>();
        files.problems().forEach(problem -> found.add(new Finding("", 0, problem)));
        files.ignored()
                .forEach(place -> found.add(new Finding(
                        place, 0, "does not end with .camel.yaml, and is not read: rename it, or remove it")));
        findFilesOfOneName(files, found);
        SyntaxCheck syntax = new SyntaxCheck(context);
        for (RouteFile file : files.routes()) {
            syntax.mistake(file).ifPresent(found::add);
        }
        // A file that cannot be read lacks in all others what it defines.
        if (found.isEmpty()) {
            RouteModel model = model(files);
            checks(files).forEach(check -> check.run(model, found::add));
        }
        return found.stream()
                .distinct()
                .sorted(Comparator.comparing(Finding::file).thenComparing(Finding::line))
                .toList();
    }

    /** The sources of valid {@code files} that are on, by their names. */
    public Map<String, Source> sources(RouteSet files) {
        return sourceCheck(files).sources(model(files));
    }

    private static RouteModel model(RouteSet files) {
        return new RouteModel(files.routes().stream().map(YamlFile::parse).toList());
    }

    private List<Check> checks(RouteSet files) {
        Placeholders placeholders = new Placeholders(values);
        return List.of(
                new ReferenceCheck(),
                new EndpointCheck(context, placeholders),
                new ClassCheck(context),
                new BeanCheck(
                        beans,
                        pool -> values.apply("camel.threadpool.config[" + pool + "].id")
                                .isPresent()),
                new TextCheck(context, placeholders),
                new InstanceCheck(),
                sourceCheck(files));
    }

    private SourceCheck sourceCheck(RouteSet files) {
        return new SourceCheck(
                files,
                new Placeholders(values),
                name -> SourceRegistry.on(Set.of(name), settings).contains(name));
    }

    private static void findFilesOfOneName(RouteSet files, List<Finding> found) {
        Map<String, RouteFile> byName = new HashMap<>();
        for (RouteFile file : files.routes()) {
            RouteFile before = byName.putIfAbsent(file.name(), file);
            if (before != null && !before.location().equals(file.location())) {
                found.add(Finding.of(file, 0, file.conflictWith(before)));
            }
        }
    }
}
