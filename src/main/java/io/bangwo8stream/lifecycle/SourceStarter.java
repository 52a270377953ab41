package io.bangwo8stream.lifecycle;

import io.bangwo8stream.config.Settings;
import io.bangwo8stream.kafka.TopicProvisioner;
import io.bangwo8stream.source.Source;
import io.bangwo8stream.source.SourceRegistry;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.quarkus.main.events.AfterStart;
import org.jboss.logging.Logger;

/** Starts the routes of the sources that are on. */
@Singleton
class SourceStarter {

    private static final Logger LOG = Logger.getLogger(SourceStarter.class);

    private final Settings settings;
    private final SourceRegistry sources;
    private final TopicProvisioner topics;
    private final RunOnce onceRun;
    private final CamelContext context;

    SourceStarter(Settings settings, SourceRegistry sources, TopicProvisioner topics, RunOnce onceRun, CamelContext context) {
        this.settings = settings;
        this.sources = sources;
        this.topics = topics;
        this.onceRun = onceRun;
        this.context = context;
    }

    void start(@Observes AfterStart event) throws Exception {
        Set<String> on = sources.on();
        check(on);
        onceRun.awaits(on.stream().map(sources::get).toList());
        LOG.infof("started sources=%s tenant=%s api=%s once=%s",
                on, settings.tenant(), settings.api().baseUrl(), settings.once());
        for (String name : on) {
            if (!onceRun.startsLater(sources.get(name))) {
                context.getRouteController().startRoute(name);
            }
        }
    }

    private void check(Set<String> on) throws InterruptedException {
        List<String> known = sources.names();
        List<String> mistakes = new ArrayList<>();
        if (on.isEmpty()) {
            mistakes.add("bangwo8.sources is empty, and no source of your own is there: name some of " + known);
        }
        for (String name : on) {
            if (known.contains(name)) {
                mistakes.addAll(mistakes(name));
            } else {
                mistakes.add("bangwo8.sources names '" + name + "', but the sources are " + known);
            }
        }
        if (!mistakes.isEmpty()) {
            throw new ConfigurationException(String.join(System.lineSeparator(), mistakes));
        }
    }

    private List<String> mistakes(String name) throws InterruptedException {
        try {
            Source source = sources.get(name);
            return topics.prepare(name, source.topic());
        } catch (IllegalArgumentException wrong) {
            return List.of(wrong.getMessage());
        }
    }
}
