package io.bangwo8stream.command;

import io.bangwo8stream.cluster.KafkaClusterService;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.camel.cluster.CamelClusterService;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * This process among the instances of the tenant.
 *
 * @param member  its name in the leaders' group; with another cluster service, host and process id
 * @param version of the product
 */
record Instance(String member, String version) {

    /** Creates the only one of this process. */
    static class Producer {

        @Produces
        @Singleton
        Instance instance(
                CamelClusterService service, @ConfigProperty(name = "quarkus.application.version") String version) {
            return new Instance(
                    service instanceof KafkaClusterService kafka ? kafka.memberId() : hostAndProcess(), version);
        }

        private static String hostAndProcess() {
            String host;
            try {
                host = InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException unnamed) {
                host = "host";
            }
            return host + "-" + ProcessHandle.current().pid();
        }
    }
}
