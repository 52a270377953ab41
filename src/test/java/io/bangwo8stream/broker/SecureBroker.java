package io.bangwo8stream.broker;

import io.bangwo8stream.standin.TestCertificate;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AclBinding;

/**
 * A real broker that grants nothing without an ACL: two users log in with SCRAM over TLS; the administration uses a port
 * without TLS, whose user may do everything.
 */
public final class SecureBroker implements AutoCloseable {

    public static final String USER = "bangwo8-stream";
    /** Who sends commands to the product. */
    public static final String COMMANDER = "bangwo8-commander";

    public static final String PASSWORD = "kafka-secret-4711";
    private static final String MECHANISM = "SCRAM-SHA-256";

    private final EmbeddedBroker broker;
    private final int port;
    private final Path trusted;
    private final Admin admin;

    private SecureBroker(EmbeddedBroker broker, int port, Path trusted) {
        this.broker = broker;
        this.port = port;
        this.trusted = trusted;
        this.admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    /** @param directory for the certificate and the topics */
    public static SecureBroker start(Path directory) throws Exception {
        TestCertificate certificate = TestCertificate.create(directory.resolve("broker.p12"), "broker");
        int plain = FreePort.any();
        int secure = FreePort.any();
        EmbeddedBroker running =
                EmbeddedBroker.start(directory.resolve("data"), plain, settings(certificate, plain, secure));
        SecureBroker broker = new SecureBroker(running, secure, certificate.pem(false));
        broker.createUsers(List.of(USER, COMMANDER));
        return broker;
    }

    private static Map<String, String> settings(TestCertificate certificate, int plain, int secure) {
        String clients =
                "PLAINTEXT://" + BrokerSettings.HOST + ":" + plain + ",SECURE://" + BrokerSettings.HOST + ":" + secure;
        int controller = FreePort.any();
        Map<String, String> settings = new HashMap<>();
        settings.put("listeners", clients + ",CONTROLLER://" + BrokerSettings.HOST + ":" + controller);
        settings.put("advertised.listeners", clients);
        settings.put("controller.quorum.voters", BrokerSettings.NODE_ID + "@" + BrokerSettings.HOST + ":" + controller);
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SECURE:SASL_SSL");
        settings.put("inter.broker.listener.name", "PLAINTEXT");
        settings.put("sasl.enabled.mechanisms", MECHANISM);
        settings.put(
                "listener.name.secure.scram-sha-256.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        settings.put("listener.name.secure.ssl.keystore.type", "PKCS12");
        settings.put(
                "listener.name.secure.ssl.keystore.location",
                certificate.pkcs12().toString());
        settings.put("listener.name.secure.ssl.keystore.password", TestCertificate.PASSWORD);
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        settings.put("super.users", "User:ANONYMOUS");
        return settings;
    }

    private void createUsers(List<String> users) throws ExecutionException, InterruptedException {
        ScramCredentialInfo scram = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4096);
        admin.alterUserScramCredentials(users.stream()
                        .<UserScramCredentialAlteration>map(
                                user -> new UserScramCredentialUpsertion(user, scram, PASSWORD))
                        .toList())
                .all()
                .get();
    }

    /** The settings of a client that logs in as {@link #USER}. */
    public Map<String, String> clientSettings() {
        return Map.of(
                "bootstrap.servers",
                BrokerSettings.HOST + ":" + port,
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                MECHANISM,
                "sasl.jaas.config",
                login(USER),
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                trusted.toString());
    }

    /** The value of {@code sasl.jaas.config} with which a client logs in as {@code user}. */
    public static String login(String user) {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + user + "\" password=\""
                + PASSWORD + "\";";
    }

    /** Creates topics of one partition. */
    public void createTopics(Set<String> names) throws ExecutionException, InterruptedException {
        admin.createTopics(names.stream()
                        .map(name -> new NewTopic(name, 1, (short) 1))
                        .toList())
                .all()
                .get();
    }

    public void grant(List<AclBinding> rights) throws ExecutionException, InterruptedException {
        admin.createAcls(rights).all().get();
    }

    public void revoke(List<AclBinding> rights) throws ExecutionException, InterruptedException {
        admin.deleteAcls(rights.stream().map(AclBinding::toFilter).toList())
                .all()
                .get();
    }

    /** The address of a listener that everybody may use, without a login. */
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    @Override
    public void close() {
        admin.close();
        broker.close();
    }
}
