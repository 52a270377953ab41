package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.broker.SecureBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A right that {@code docs/kafka-rights.md} lists.
 *
 * @param resource as the table of the document names it
 */
record KafkaRight(String resource, AclOperation operation) {

    private static final String TOPIC_SETTING = "bangwo8.topics.";

    /** The rights of the product, without the optional ones. */
    static List<KafkaRight> ofTheProduct() throws IOException {
        return of(0);
    }

    /** The rights of who commands. */
    static List<KafkaRight> ofTheCommander() throws IOException {
        return of(1);
    }

    /** @param section of the document whose table has the rights */
    private static List<KafkaRight> of(int section) throws IOException {
        return Files.readString(Path.of("docs/kafka-rights.md"))
                .split("(?m)^## ")[section]
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| resource") && !line.contains("optional"))
                .map(line -> line.split("\\|"))
                .flatMap(cells -> Stream.of(cells[2].split(","))
                        .map(operation -> new KafkaRight(
                                cells[1].strip(), AclOperation.fromString(operation.replaceAll("[` ]", "")))))
                .toList();
    }

    AclBinding on(TestTenant tenant) {
        return on(tenant, SecureBroker.USER);
    }

    AclBinding on(TestTenant tenant, String user) {
        return new AclBinding(
                pattern(tenant), new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW));
    }

    ResourcePattern pattern(TestTenant tenant) {
        String named = name().replace("{tenant}", tenant.name());
        if (isTopic()) {
            return new ResourcePattern(ResourceType.TOPIC, topic(tenant), PatternType.LITERAL);
        }
        if (resource.startsWith("group ")) {
            return new ResourcePattern(ResourceType.GROUP, named, PatternType.LITERAL);
        }
        assertThat(resource).as("a resource that this test knows").startsWith("transactional ids with the prefix");
        return new ResourcePattern(ResourceType.TRANSACTIONAL_ID, named, PatternType.PREFIXED);
    }

    boolean isTopic() {
        return resource.equals("topics of events") || name().startsWith(TOPIC_SETTING);
    }

    String topic(TestTenant tenant) {
        return tenant.topic(
                resource.equals("topics of events") ? "remote-records" : name().substring(TOPIC_SETTING.length()));
    }

    private String name() {
        return resource.replaceFirst("^[^`]*`?", "").replace("`", "");
    }
}
