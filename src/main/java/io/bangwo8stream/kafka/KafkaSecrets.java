package io.bangwo8stream.kafka;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the secrets among the settings of the Kafka clients, whose texts may repeat them. */
final class KafkaSecrets {

    private static final String JAAS = "sasl.jaas.config";
    private static final Pattern SECRET_NAME = Pattern.compile(".*(password|secret|keystore\\.key).*");

    /** The options of a login module that are secret. */
    private static final Pattern SECRET_OPTION =
            Pattern.compile("(?i)[\\w.]*(?:password|secret|token)[\\w.]*\\s*=\\s*[\"']?([^\"';\\s]+)");

    private KafkaSecrets() {}

    static Set<String> of(Map<String, Object> settings) {
        return settings.entrySet().stream()
                .flatMap(setting -> secrets(setting.getKey(), String.valueOf(setting.getValue())))
                .filter(secret -> !secret.isBlank())
                .collect(Collectors.toSet());
    }

    private static Stream<String> secrets(String name, String value) {
        if (name.endsWith(JAAS)) {
            return SECRET_OPTION.matcher(value).results().map(match -> match.group(1));
        }
        return SECRET_NAME.matcher(name).matches() ? Stream.of(value) : Stream.empty();
    }
}
