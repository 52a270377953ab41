package io.bangwo8stream.kafka;

import io.bangwo8stream.text.NearestName;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The names of the settings of Kafka's clients, given as {@code kafka.<name>}. */
public final class KafkaSettingNames {

    private static final String PREFIX = "kafka.";

    /** Kubernetes sets these for a service called kafka. */
    private static final Pattern SERVICE_LINK = Pattern.compile(
            "KAFKA_(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT(_.*)?|.*_(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT(_.*)?))");

    private final Set<String> known = new TreeSet<>(ProducerConfig.configNames());

    public KafkaSettingNames() {
        known.addAll(ConsumerConfig.configNames());
        known.addAll(AdminClientConfig.configNames());
    }

    /** Whether one of Kafka's clients has a setting of this name, such as {@code linger.ms}. */
    boolean isOfAClient(String setting) {
        return known.contains(setting);
    }

    /**
     * What is known of a name that no client has.
     *
     * @param isTypo whether a name is so near that it was meant
     */
    public record Unknown(boolean isTypo, String text) {}

    /** Returns what to say about a property or variable; empty when a client knows it, or when it is another one's. */
    public Optional<Unknown> unknown(String name) {
        String dotted = name.toLowerCase(Locale.ROOT).replace('_', '.');
        if (!dotted.startsWith(PREFIX) || SERVICE_LINK.matcher(name).matches()) {
            return Optional.empty();
        }
        String setting = dotted.substring(PREFIX.length());
        if (known.contains(setting)) {
            return Optional.empty();
        }
        return Optional.of(NearestName.typoOf(setting, known)
                .map(meant -> new Unknown(
                        true, name + " is no setting of Kafka's clients; the nearest one is kafka." + meant))
                .orElseGet(() -> new Unknown(
                        false,
                        name + " is no setting that Kafka's clients know; it is passed on to extensions of theirs")));
    }
}
