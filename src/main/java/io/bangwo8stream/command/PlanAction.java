package io.bangwo8stream.command;

import io.bangwo8stream.api.ApiClient;
import io.bangwo8stream.api.ApiRequest;
import io.bangwo8stream.api.Page;
import io.bangwo8stream.api.SlowGateway;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.routes.Finding;
import io.bangwo8stream.routes.JoinCalls;
import io.bangwo8stream.routes.RouteValidator;
import io.bangwo8stream.source.DateRange;
import io.bangwo8stream.source.ListIdProvider;
import io.bangwo8stream.source.RouteFiles;
import io.bangwo8stream.source.RouteSet;
import io.bangwo8stream.source.Source;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.CamelContext;

/** {@code plan}: counts what a backfill or a first run would list, request and take, without doing it. */
@Singleton
class PlanAction implements Action {

    private final Settings settings;
    private final CamelContext context;
    private final RouteFiles files;
    private final RouteValidator validator;
    private final SlowGateway gateway;
    private final ApiClient api;
    private final Clock clock;

    PlanAction(
            Settings settings,
            CamelContext context,
            RouteFiles files,
            RouteValidator validator,
            SlowGateway gateway,
            ApiClient api,
            Clock clock) {
        this.settings = settings;
        this.context = context;
        this.files = files;
        this.validator = validator;
        this.gateway = gateway;
        this.api = api;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "plan";
    }

    @Override
    public int run(CommandOptions options, Output out) throws Exception {
        LocalDate today = LocalDate.ofInstant(clock.instant(), settings.zone());
        LocalDate first = settings.scanning()
                .startDate()
                .orElse(today.minusDays(settings.scanning().lookBackDays()));
        DateRange days = new DateRange(
                options.value("--from").map(LocalDate::parse).orElse(first),
                options.value("--to").map(LocalDate::parse).orElse(today));
        if (days.to().isBefore(days.from())) {
            throw new IllegalArgumentException("--to " + days.to() + " is before --from " + days.from());
        }
        gateway.open();
        Map<String, Source> sources = sources(options.value("--source"));
        PlanReport report = new PlanReport(settings.api());
        sources.values().forEach(source -> count(source, days, report));
        report.print(out);
        return CommandTree.DONE;
    }

    private Map<String, Source> sources(Optional<String> wanted) {
        RouteSet routes = files.current();
        List<Finding> findings = validator.findings(routes);
        if (!findings.isEmpty()) {
            throw new IllegalArgumentException(Finding.lines(findings));
        }
        Map<String, Source> sources = new TreeMap<>(validator.sources(routes));
        wanted.ifPresent(name -> {
            if (!sources.containsKey(name)) {
                throw new IllegalArgumentException(
                        "there is no source " + name + " that is on; those that are on are " + sources.keySet());
            }
            sources.keySet().retainAll(List.of(name));
        });
        return sources;
    }

    private void count(Source source, DateRange days, PlanReport report) {
        PlanReport.Costs costs = new PlanReport.Costs(
                source.list().path(),
                source.list().labelsPath(),
                source.pageRoute(),
                source.joinRoute()
                        .map(route -> JoinCalls.of(route, files.current()))
                        .orElse(List.of()));
        for (String id : ListIdProvider.idsOf(source, context, Set::of)) {
            if (source.windowed()) {
                for (LocalDate day = days.from(); !day.isAfter(days.to()); day = day.plusDays(1)) {
                    report.add(source.name(), day.toString(), costs, count(source, new DateRange(day, day), id));
                }
            } else {
                report.add(source.name(), "all", costs, count(source, days, id));
            }
        }
    }

    private OptionalLong count(Source source, DateRange days, String id) {
        ApiRequest request = source.list().request(days, id).page(1, 1);
        return Page.read(request, 1, api.get(request), source.list().recordsPath())
                .count();
    }
}
