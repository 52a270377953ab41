package io.bangwo8stream.lifecycle;

import io.bangwo8stream.cluster.Candidacy;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.kafka.TopicProvisioner;
import io.bangwo8stream.routes.UnknownSettings;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.quarkus.main.events.BeforeConfigure;
import org.eclipse.microprofile.config.Config;

/** Ends the start with one message for each error, before any route is built on wrong settings. */
@Singleton
class ConfigurationCheck {

    void check(
            @Observes BeforeConfigure event,
            Config config,
            UnknownSettings unknown,
            jakarta.enterprise.inject.Instance<Settings> settings,
            jakarta.enterprise.inject.Instance<TopicProvisioner> topics,
            jakarta.enterprise.inject.Instance<Candidacy> candidacy)
            throws Exception {
        List<String> errors = new ArrayList<>(unknown.problems());
        try {
            settings.get();
        } catch (ConfigurationException wrong) {
            errors.add(wrong.getMessage());
        }
        if (config.getOptionalValue("kafka.bootstrap.servers", String.class).isEmpty()) {
            errors.add("kafka.bootstrap.servers is missing: name the Kafka brokers, such as broker:9092");
        } else if (errors.isEmpty()) {
            errors.addAll(new BrokerWait().until(() -> topics.get().prepareCommon()));
            candidacy.get().foundStateFormat(topics.get().stateFormat());
        }
        if (!errors.isEmpty()) {
            throw new ConfigurationException(String.join(System.lineSeparator(), errors));
        }
    }
}
