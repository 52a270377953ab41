package io.bangwo8stream.cluster;

import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.cluster.CamelClusterService;
import org.apache.camel.component.master.MasterComponent;
import org.apache.camel.component.master.MasterEndpoint;

/** The component {@code master:} with a consumer that starts at once; Camel's own one waits for a second. */
public final class PromptMasterComponent extends MasterComponent {

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
