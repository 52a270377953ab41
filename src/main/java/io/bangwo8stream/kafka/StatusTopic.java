package io.bangwo8stream.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.config.Settings;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Map;
import org.apache.kafka.common.KafkaException;

/** The topic of the status, which the running product writes, and the command line reads. */
@Singleton
public class StatusTopic {

    private final Settings settings;
    private final KafkaClients clients;
    private final JsonWriter writer;

    StatusTopic(Settings settings, KafkaClients clients) {
        this.settings = settings;
        this.clients = clients;
        this.writer = new JsonWriter(clients);
    }

    /**
     * Writes a status under {@code {tenant}/{name}}, and returns once the broker has it.
     *
     * @param value {@code null} to remove the status
     * @throws KafkaException when the broker does not respond or refuses it
     */
    public void writeStatus(String name, JsonNode value) {
        writer.write(settings.topic("status"), settings.tenant() + "/" + name, value);
    }

    /** Adds the statuses of the tenant that are new in {@code statuses} to {@code present}, by the name after {@code {tenant}/}. */
    public void collect(TopicTail statuses, Map<String, JsonNode> present) {
        String prefix = settings.tenant() + "/";
        for (TopicTail.Entry entry : statuses.readToEnd()) {
            if (entry.key() != null && entry.key().startsWith(prefix)) {
                String name = entry.key().substring(prefix.length());
                if (entry.value() == null) {
                    present.remove(name);
                } else {
                    present.put(name, entry.value());
                }
            }
        }
    }

    /** The topic of the statuses, from its beginning; the caller closes it. */
    public TopicTail statuses() {
        return new TopicTail(settings.topic("status"), "READ", clients.uncommittedConsumer());
    }

    @PreDestroy
    void close() {
        writer.close();
    }
}
