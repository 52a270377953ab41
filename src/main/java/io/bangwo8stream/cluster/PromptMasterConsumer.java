package io.bangwo8stream.cluster;

import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.StartupListener;
import org.apache.camel.cluster.CamelClusterEventListener;
import org.apache.camel.cluster.CamelClusterMember;
import org.apache.camel.cluster.CamelClusterService;
import org.apache.camel.cluster.CamelClusterView;
import org.apache.camel.component.master.MasterEndpoint;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.service.ServiceHelper;

/** Runs the consumer of another endpoint exactly while this instance leads a namespace. */
final class PromptMasterConsumer extends DefaultConsumer {

    private final CamelClusterService service;
    private final String namespace;
    private final Endpoint delegate;
    private final Processor processor;
    private final CamelClusterEventListener.Leadership listener = this::leadershipChanged;
    private CamelClusterView view;
    private Consumer running;

    PromptMasterConsumer(MasterEndpoint endpoint, Processor processor, CamelClusterService service) {
        super(endpoint, processor);
        this.service = service;
        this.namespace = endpoint.getNamespace();
        this.delegate = endpoint.getEndpoint();
        this.processor = processor;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        CamelClusterView started = service.getView(namespace);
        synchronized (this) {
            view = started;
        }
        started.addEventListener(listener);
    }

    @Override
    protected void doStop() throws Exception {
        CamelClusterView stopped;
        synchronized (this) {
            stopped = view;
            view = null;
        }
        if (stopped != null) {
            // Without the lock: a cluster service may wait for its listeners.
            stopped.removeEventListener(listener);
            service.releaseView(stopped);
        }
        stopRunning();
        super.doStop();
    }

    @Override
    protected synchronized void doSuspend() throws Exception {
        ServiceHelper.suspendService(running);
        super.doSuspend();
    }

    @Override
    protected synchronized void doResume() throws Exception {
        super.doResume();
        ServiceHelper.resumeService(running);
        if (view != null && view.getLocalMember().isLeader()) {
            startRunning();
        }
    }

    private void leadershipChanged(CamelClusterView changed, CamelClusterMember leader) {
        try {
            if (changed.getLocalMember().isLeader()) {
                startRunning();
            } else {
                stopRunning();
            }
        } catch (Exception failed) {
            getExceptionHandler()
                    .handleException("The consumer of " + delegate + " could not follow the leader", failed);
        }
    }

    /** Creates the consumer again if it runs; what it has begun goes on. */
    synchronized void restart() throws Exception {
        if (running != null) {
            stopRunning();
            startRunning();
        }
    }

    private synchronized void startRunning() throws Exception {
        if (running != null || view == null || isSuspendingOrSuspended()) {
            return;
        }
        Consumer consumer = delegate.createConsumer(processor);
        if (consumer instanceof StartupListener startup) {
            getEndpoint().getCamelContext().addStartupListener(startup);
        }
        ServiceHelper.startService(delegate, consumer);
        running = consumer;
    }

    private synchronized void stopRunning() {
        Consumer stopped = running;
        running = null;
        ServiceHelper.stopAndShutdownServices(stopped);
    }
}
