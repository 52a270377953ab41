package io.bangwo8stream.command;

import io.bangwo8stream.api.ApiClient;
import io.bangwo8stream.api.ApiException;
import io.bangwo8stream.api.SlowGateway;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.kafka.TopicProvisioner;
import io.bangwo8stream.routes.Finding;
import io.bangwo8stream.routes.RouteValidator;
import io.bangwo8stream.routes.SettingsCheck;
import io.bangwo8stream.source.ProbeRequest;
import io.bangwo8stream.source.RouteFiles;
import io.bangwo8stream.source.RouteSet;
import io.bangwo8stream.source.Source;
import io.bangwo8stream.source.SourceRegistry;
import io.bangwo8stream.text.SafeText;
import io.bangwo8stream.time.ClockWatch;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;

/** {@code check}: finds what would be wrong with a start, without changing anything. */
@Singleton
class CheckAction implements Action {

    private final CamelContext context;
    private final SettingsCheck settingsCheck;
    private final RouteFiles files;
    private final Instance<Settings> settings;
    private final Instance<RouteValidator> validator;
    private final Instance<Outside> outside;

    CheckAction(
            CamelContext context,
            SettingsCheck settingsCheck,
            RouteFiles files,
            Instance<Settings> settings,
            Instance<RouteValidator> validator,
            Instance<Outside> outside) {
        this.context = context;
        this.settingsCheck = settingsCheck;
        this.files = files;
        this.settings = settings;
        this.validator = validator;
        this.outside = outside;
    }

    @Override
    public String name() {
        return "check";
    }

    @Override
    public int run(CommandOptions options, Output out) throws Exception {
        CheckReport report = new CheckReport();
        context.build();
        if (report.add("settings", settingsCheck.problems())) {
            RouteSet routes = files.current();
            if (checkRoutes(routes, report)) {
                outside.get().check(validator.get().sources(routes), report);
            }
        }
        report.print(out);
        return report.isGood() ? CommandTree.DONE : CommandTree.FAILED;
    }

    private boolean checkRoutes(RouteSet routes, CheckReport report) {
        List<Finding> findings = validator.get().findings(routes);
        boolean good = report.addFindings("routes", findings);
        if (!good) {
            return false;
        }
        Map<String, Source> sources = validator.get().sources(routes);
        List<String> absent = SourceRegistry.on(sources.keySet(), settings.get()).stream()
                .filter(name -> !sources.containsKey(name))
                .map(name -> "bangwo8.sources names '" + name + "', but no file defines it: the sources are "
                        + sources.keySet())
                .toList();
        return report.add("sources", absent);
    }

    /** What is asked beyond this machine. */
    @Singleton
    static class Outside {

        private final SlowGateway gateway;
        private final ApiClient api;
        private final ProbeRequest probe;
        private final ClockWatch clock;
        private final TopicProvisioner topics;
        private final StatesCheck states;

        Outside(
                SlowGateway gateway,
                ApiClient api,
                ProbeRequest probe,
                ClockWatch clock,
                TopicProvisioner topics,
                StatesCheck states) {
            this.gateway = gateway;
            this.api = api;
            this.probe = probe;
            this.clock = clock;
            this.topics = topics;
            this.states = states;
        }

        void check(Map<String, Source> sources, CheckReport report) throws Exception {
            gateway.open();
            List<String> refused = new ArrayList<>();
            sources.values().forEach(source -> {
                try {
                    api.get(probe.of(source));
                } catch (ApiException failed) {
                    refused.add("source " + source.name() + ": " + SafeText.line(failed.getMessage())
                            + "; check bangwo8.base-url, the login, and its rights");
                }
            });
            report.add("API", refused);
            report.add("clock", clock.problem().stream().toList());
            TopicProvisioner.Inspection kafka = topics.inspect(SourceRegistry.topics(sources.values()));
            report.add("Kafka", kafka.problems());
            report.note("Kafka", kafka.absent());
            if (kafka.problems().isEmpty()) {
                states.check(sources.values(), report);
            }
        }
    }
}
