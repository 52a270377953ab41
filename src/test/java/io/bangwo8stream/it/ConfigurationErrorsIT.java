package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.broker.EmbeddedBroker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that a start with invalid settings ends with one message for each of them, which names its key. */
class ConfigurationErrorsIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String SECRET = "kept-secret";

    @Test
    void namesEveryInvalidSettingInOneStart() {
        try (TestTenant tenant = tenant().with("bangwo8.auth", "digest")
                .with("bangwo8.base-url", "www.bangwo8.com")
                .with("bangwo8.request-timeout", "half a minute")
                .with("bangwo8.poll-interval", "30")
                .with("bangwo8.zone", "Asia/Hangzhou")
                .with("bangwo8.max-in-flight", "0")
                .with("bangwo8.start-date", "yesterday")
                .with("bangwo8.revisit-after", "1h,10m")
                .without("kafka.bootstrap.servers")) {
            List<String> messages = messages(tenant);
            assertThat(messages).hasSize(9);
            assertNamed(messages, "bangwo8.auth", "digest", "basic or oauth2");
            assertNamed(messages, "bangwo8.base-url", "www.bangwo8.com", "https://");
            assertNamed(messages, "bangwo8.request-timeout", "half a minute", "30s");
            assertNamed(messages, "bangwo8.poll-interval", "'30'", "30s");
            assertNamed(messages, "bangwo8.zone", "Asia/Hangzhou");
            assertNamed(messages, "bangwo8.max-in-flight", "'0'");
            assertNamed(messages, "bangwo8.start-date", "yesterday");
            assertNamed(messages, "bangwo8.revisit-after", "ascend");
            assertNamed(messages, "kafka.bootstrap.servers", "missing");
        }
    }

    @Test
    void namesAPortThatAnotherProcessUses() {
        try (TestTenant tenant = tenant()) {
            int taken = tenant.standIn().baseUri().getPort();
            Product product = tenant.with("quarkus.management.port", Integer.toString(taken))
                    .start();

            assertThat(product.awaitExit(SOON)).isNotZero();
            assertThat(product.output())
                    .contains("quarkus.management.port is " + taken + ", which cannot be opened on 127.0.0.1")
                    .contains("set another port")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void readsTheSchemeOfTheBaseUrlInAnyCase() {
        try (TestTenant tenant = tenant().with("bangwo8.password", "demo")) {
            String address = tenant.standIn().baseUri().toString();
            tenant.with("bangwo8.base-url", address.replace("http://", " HTTP://") + "/");
            tenant.desk().add(tenant.oldRecord(1));

            Product product = tenant.runOnce();

            assertThat(product.awaitExit()).as(product.output()).isZero();
            assertThat(tenant.keys()).containsExactly("1");
        }
    }

    @Test
    void namesTheMissingAccountAndPassword() {
        try (TestTenant tenant = tenant().without("bangwo8.account").without("bangwo8.password")) {
            List<String> messages = messages(tenant);
            assertThat(messages).hasSize(2);
            assertNamed(messages, "bangwo8.account", "missing");
            assertNamed(messages, "bangwo8.password", "missing");
        }
    }

    @Test
    void waitsForABrokerThatIsAwayAtTheStart(@TempDir Path directory) throws IOException {
        int port = freePort();
        try (TestTenant tenant = tenant().with("kafka.bootstrap.servers", "127.0.0.1:" + port)) {
            Product product = tenant.start();
            assertThat(product.awaitLine(0, "broker-unavailable")).contains("'127.0.0.1:" + port + "'", "no broker");

            EmbeddedBroker broker = EmbeddedBroker.start(directory, port);
            try {
                product.awaitLine(0, "started sources=");
            } finally {
                product.kill();
                broker.close();
            }
        }
    }

    @Test
    void endsAtOnceWhenItIsTerminatedWhileItWaitsForABroker() throws IOException {
        // Accepts connections and never responds, like a firewall or a service that is not Kafka.
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                TestTenant tenant = tenant().with("kafka.bootstrap.servers", "127.0.0.1:" + silent.getLocalPort())) {
            Product product = tenant.start();
            product.awaitLine(0, "broker-unavailable");

            product.terminate();

            product.awaitExit(SOON);
            assertThat(product.output()).doesNotContain("\tat ");
        }
    }

    @Test
    void endsWithoutAStackTraceWhenItIsTerminatedAtItsFirstConnection() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                TestTenant tenant = tenant().with("kafka.bootstrap.servers", "127.0.0.1:" + silent.getLocalPort())) {
            Product product = tenant.start();
            silent.setSoTimeout((int) Product.PATIENCE.toMillis());
            silent.accept().close();

            product.terminate();

            product.awaitExit(SOON);
            assertThat(product.output()).doesNotContain("\tat ");
        }
    }

    @Test
    void namesTheErrorInTheKafkaLogin() {
        try (TestTenant tenant = tenant().with("kafka.security.protocol", "SASL_PLAINTEXT")
                .with("kafka.sasl.mechanism", "PLAIN")
                .with("kafka.sasl.jaas.config", "PlainLoginModule username=\"u\" password=\"" + SECRET + "\"")) {
            List<String> messages = messages(tenant);
            assertThat(messages).hasSize(1);
            assertNamed(messages, "kafka.bootstrap.servers", "the login cannot be read", "kafka.sasl.jaas.config");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    @Test
    void namesAnInvalidBrokerAddress() {
        try (TestTenant tenant = tenant().with("kafka.bootstrap.servers", "broker")) {
            List<String> messages = messages(tenant);
            assertThat(messages).hasSize(1);
            assertNamed(messages, "kafka.bootstrap.servers", "'broker'");
        }
    }

    @Test
    void namesAnUnknownSource() {
        try (TestTenant tenant = tenant().with("bangwo8.sources", "remote-records,remote-recrods")) {
            List<String> messages = messages(tenant);
            assertThat(messages).hasSize(1);
            assertNamed(messages, "bangwo8.sources", "remote-recrods", "remote-records");
            assertThat(tenant.requests().total()).isZero();
        }
    }

    @Test
    void namesTheMissingAgentsOfTheSourceAgentRecords() {
        try (TestTenant tenant = tenant().with("bangwo8.sources", "agent-records")) {
            List<String> messages = messages(tenant);
            assertThat(messages).hasSize(1);
            assertNamed(messages, "bangwo8.agents", "missing", "agent-records");
        }
    }

    @Test
    void namesTheEmptyListOfSources() {
        try (TestTenant tenant = tenant().with("bangwo8.sources", "")) {
            List<String> messages = messages(tenant);
            assertThat(messages).hasSize(1);
            assertNamed(messages, "bangwo8.sources", "empty", "remote-records");
        }
    }

    @Test
    void namesTheNearestSettingForEachUnknownOne() {
        try (TestTenant tenant = tenant().with("bangwo8.pol-interval", "1s")
                .with("kafka.bootstrap.sevrers", "broker:9092")
                .with("kafka.schema.registry.url", "http://registry:8081")
                .with("kafka.port.9092.tcp", "10.0.0.1")
                .with("kafka.bootstrap.service.host", "10.0.0.1")
                .with("bangwo8.stream.service.host", "10.0.0.1")
                .with("bangwo8.topics.anything", "anything")
                .with("bangwo8.config", "/nowhere/settings.properties")) {
            Product product = tenant.start();
            assertThat(product.awaitExit(SOON)).isNotZero();
            assertThat(product.lines().stream().filter(line -> line.contains("BANGWO8_") || line.contains("KAFKA_")))
                    .hasSize(4)
                    .anyMatch(line -> line.contains("WARN")
                            && line.contains(
                                    "setting-unknown KAFKA_SCHEMA_REGISTRY_URL is no setting that Kafka's clients"
                                            + " know; it is passed on to extensions of theirs"))
                    .anyMatch(line -> line.contains(
                            "BANGWO8_POL_INTERVAL is no setting; the nearest one is BANGWO8_POLL_INTERVAL"))
                    .anyMatch(line ->
                            line.contains("KAFKA_BOOTSTRAP_SEVRERS") && line.contains("kafka.bootstrap.servers"))
                    .anyMatch(line -> line.contains("/nowhere/settings.properties, which does not exist"));
            assertThat(product.output()).doesNotContain("\tat ").doesNotContain("Exception");
        }
    }

    @Test
    void readsSettingsFromEveryPlaceThatTheReadmeNames(@TempDir Path directory) throws IOException {
        Path folder = Files.createDirectory(directory.resolve("settings"));
        Files.writeString(folder.resolve("one.properties"), "bangwo8.zone=Nowhere/One");
        Path file = Files.writeString(directory.resolve("two.properties"), "bangwo8.zone=Nowhere/Two");
        try (TestTenant tenant = tenant()) {
            assertNamed(messages(tenant.with("bangwo8.config", folder.toString())), "bangwo8.zone", "Nowhere/One");
            assertNamed(messages(tenant.with("bangwo8.config", file.toString())), "bangwo8.zone", "Nowhere/Two");
            assertNamed(
                    messages(tenant.without("bangwo8.config").with("quarkus.config.locations", file.toString())),
                    "bangwo8.zone",
                    "Nowhere/Two");
            assertNamed(
                    messages(tenant.without("quarkus.config.locations")
                            .with("bangwo8.config", file.toString())
                            .with("bangwo8.zone", "Nowhere/Three")),
                    "bangwo8.zone",
                    "Nowhere/Three");
        }
    }

    @Test
    void readsTheFileOfSettingsBelowTheDirectoryInWhichItIsStarted(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("config/application.properties");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "bangwo8.zone=Nowhere/Four\nkafka.my.interceptor.topic=audit");
        try (TestTenant tenant = tenant()) {
            Product product = tenant.startIn(directory);

            assertNamed(messages(product), "bangwo8.zone", "Nowhere/Four");
            assertThat(product.output())
                    .contains("setting-unknown kafka.my.interceptor.topic is no setting that Kafka's clients know");
        }
    }

    private static TestTenant tenant() {
        return TestTenant.of(ConfigurationErrorsIT.class).with("bangwo8.password", SECRET);
    }

    /** The messages about settings of a start that fails, after the checks that apply to every such start. */
    private static List<String> messages(TestTenant tenant) {
        return messages(tenant.start());
    }

    private static List<String> messages(Product product) {
        assertThat(product.awaitExit(SOON)).isNotZero();
        assertThat(product.output())
                .doesNotContain("\tat ")
                .doesNotContain("Exception")
                .doesNotContain(SECRET);
        return product.lines().stream()
                .filter(line -> line.contains("bangwo8.") && !line.contains("[io.bangwo8stream.")
                        || line.contains("kafka.bootstrap.servers"))
                .toList();
    }

    private static void assertNamed(List<String> messages, String key, String... parts) {
        assertThat(messages)
                .filteredOn(message -> message.contains(key + " "))
                .as(key)
                .singleElement()
                .satisfies(message -> assertThat(message).contains(parts));
    }
}
