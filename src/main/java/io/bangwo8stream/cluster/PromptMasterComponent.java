package io.bangwo8stream.cluster;

import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.cluster.CamelClusterService;
import org.apache.camel.component.master.MasterComponent;
import org.apache.camel.component.master.MasterEndpoint;
import org.jboss.logging.Logger;

/** The component {@code master:} with a consumer that starts at once; Camel's own one waits for a second. */
public final class PromptMasterComponent extends MasterComponent {

    private static final Logger LOG = Logger.getLogger(PromptMasterComponent.class);

    /**
     * Creates the running consumers of all routes again, because the clock of the machine was set back: Camel's timers
     * measure their period with it, and would wait until it shows the former time.
     */
    public void restartConsumers() {
        for (Route route : getCamelContext().getRoutes()) {
            if (route.getConsumer() instanceof PromptMasterConsumer consumer) {
                try {
                    consumer.restart();
                } catch (Exception failed) {
                    LOG.errorf(
                            failed,
                            "leadership-listener-failed route=%s: its consumer could not be created again",
                            route.getRouteId());
                }
            }
        }
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        MasterEndpoint plain = (MasterEndpoint) super.createEndpoint(uri, remaining, parameters);
        String namespace = plain.getNamespace();
        CamelClusterService service = getService();
        String delegate = remaining.substring(namespace.length() + 1)
                + (parameters.isEmpty() ? "" : uri.substring(uri.indexOf('?')));
        return new MasterEndpoint(uri, this, service, namespace, delegate) {
            @Override
            public Consumer createConsumer(Processor processor) throws Exception {
                PromptMasterConsumer consumer = new PromptMasterConsumer(this, processor, service);
                configureConsumer(consumer);
                return consumer;
            }
        };
    }
}
