package io.bangwo8stream.lifecycle;

import io.bangwo8stream.cluster.Candidacy;
import io.bangwo8stream.kafka.TopicProvisioner;
import io.bangwo8stream.routes.SettingsCheck;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.List;
import org.apache.camel.quarkus.main.events.BeforeConfigure;

/** Ends the start with one message for each error, before any route is built on wrong settings. */
@Singleton
class ConfigurationCheck {

    void check(
            @Observes BeforeConfigure event,
            SettingsCheck settings,
            Instance<TopicProvisioner> topics,
            Instance<Candidacy> candidacy)
            throws Exception {
        refuse(settings.problems());
        refuse(new BrokerWait().until(() -> topics.get().prepareCommon()));
        candidacy.get().foundStateFormat(topics.get().stateFormat());
    }

    private static void refuse(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(String.join(System.lineSeparator(), problems));
        }
    }
}
