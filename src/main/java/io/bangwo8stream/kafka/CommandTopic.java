package io.bangwo8stream.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.config.Settings;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import org.apache.kafka.common.KafkaException;

/** The topic of the commands, which the command line writes and the running product reads. */
@Singleton
public class CommandTopic {

    private final Settings settings;
    private final KafkaClients clients;
    private final JsonWriter writer;

    CommandTopic(Settings settings, KafkaClients clients) {
        this.settings = settings;
        this.clients = clients;
        this.writer = new JsonWriter(clients);
    }

    /**
     * Sends a command to the instances of the tenant.
     *
     * @throws KafkaException when the topic does not exist, or the broker does not respond or refuses the command
     */
    public void send(JsonNode command) {
        // A broker may create a topic that is written; a client that only looks for it creates none.
        tail("WRITE").close();
        writer.write(settings.topic("commands"), settings.tenant(), command);
    }

    /** The commands of all tenants, from the first one on; the caller closes it. */
    public TopicTail commands() {
        return tail("READ");
    }

    private TopicTail tail(String right) {
        return new TopicTail(settings.topic("commands"), right, clients.uncommittedConsumer());
    }

    @PreDestroy
    void close() {
        writer.close();
    }
}
