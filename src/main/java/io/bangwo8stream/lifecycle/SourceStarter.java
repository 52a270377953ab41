package io.bangwo8stream.lifecycle;

import io.bangwo8stream.config.Settings;
import io.bangwo8stream.kafka.TopicProvisioner;
import io.bangwo8stream.source.SourceRegistry;
import io.bangwo8stream.text.StartPhase;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
    private final RunOnce runOnce;
    private final CamelContext context;

    SourceStarter(
            Settings settings, SourceRegistry sources, TopicProvisioner topics, RunOnce runOnce, CamelContext context) {
        this.settings = settings;
        this.sources = sources;
        this.topics = topics;
        this.runOnce = runOnce;
        this.context = context;
    }

    void start(@Observes AfterStart event) throws Exception {
        Set<String> on = sources.on();
        check(on);
        sources.refresh(Set.of());
        runOnce.awaits(on.stream().map(sources::get).toList());
        LOG.infof(
                "started sources=%s tenant=%s api=%s once=%s",
                on, settings.tenant(), settings.api().baseUrl(), settings.once());
        if (settings.api().network().clearText()) {
            LOG.warnf(
                    "clear-text api=%s: the login and all records cross the network unencrypted",
                    settings.api().baseUrl());
        }
        for (String name : on) {
            if (!runOnce.startsLater(sources.get(name))) {
                context.getRouteController().startRoute(name);
            }
        }
        StartPhase.end();
    }

    private void check(Set<String> on) throws Exception {
        List<String> known = sources.names();
        List<String> errors = new ArrayList<>();
        Map<String, String> topicBySource = new TreeMap<>();
        if (on.isEmpty()) {
            errors.add("bangwo8.sources is empty, and there is no custom source: name some of " + known);
        }
        for (String name : on) {
            if (known.contains(name)) {
                try {
                    topicBySource.put(name, sources.get(name).topic());
                } catch (IllegalArgumentException wrong) {
                    errors.add(wrong.getMessage());
                }
            } else {
                errors.add("bangwo8.sources names '" + name + "', but the sources are " + known);
            }
        }
        errors.addAll(new BrokerWait().until(() -> topics.prepare(topicBySource)));
        if (!errors.isEmpty()) {
            throw new ConfigurationException(String.join(System.lineSeparator(), errors));
        }
    }
}
