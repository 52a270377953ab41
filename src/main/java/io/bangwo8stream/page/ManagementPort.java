package io.bangwo8stream.page;

import io.bangwo8stream.text.SafeText;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.http.ManagementInterface;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Says in one line that another process uses the management port, before Quarkus opens it and prints a stack trace. */
@Singleton
class ManagementPort {

    private static final Logger LOG = Logger.getLogger(ManagementPort.class);

    private final boolean opened;
    private final String host;
    private final int port;

    ManagementPort(
            @ConfigProperty(name = "quarkus.management.host-enabled", defaultValue = "true") boolean opened,
            @ConfigProperty(name = "quarkus.management.host") String host,
            @ConfigProperty(name = "quarkus.management.port") int port) {
        this.opened = opened;
        this.host = host;
        this.port = port;
    }

    void check(@Observes ManagementInterface management) {
        if (!opened || port == 0) {
            return;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
        } catch (BindException taken) {
            throw new ConfigurationException("quarkus.management.port is " + port + ", which cannot be opened on "
                    + host + " (" + taken.getMessage() + "): end the process that uses it, or set another port");
        } catch (IOException unclear) {
            LOG.debugf("unchecked port=%d reason=%s", port, SafeText.named(unclear));
        }
    }
}
