package io.bangwo8stream.lifecycle;

import io.bangwo8stream.routes.RouteChange;
import io.bangwo8stream.scan.RunningScans;
import io.bangwo8stream.source.RouteFiles;
import io.bangwo8stream.source.RouteSet;
import io.bangwo8stream.source.SourceRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.cluster.CamelClusterService;
import org.apache.camel.cluster.CamelClusterView;
import org.apache.camel.support.service.ServiceHelper;
import org.jboss.logging.Logger;

/** Replaces routes while the product runs: only the sources that a change touches stop, at the end of a page. */
@Singleton
class RouteReplacement {

    private static final Logger LOG = Logger.getLogger(RouteReplacement.class);
    private static final Duration PAUSE = Duration.ofMillis(50);

    /** A page ends after its deadline at the latest; more only where something is broken. */
    private static final Duration LONGEST_PAGE = Duration.ofMinutes(10);

    private final CamelContext context;
    private final RouteSwap swap;
    private final RouteFiles files;
    private final SourceRegistry sources;
    private final RunningScans scans;
    private final CamelClusterService cluster;

    RouteReplacement(
            CamelContext context,
            LoadedRoutes loaded,
            RouteFiles files,
            SourceRegistry sources,
            RunningScans scans,
            CamelClusterService cluster) {
        this.context = context;
        this.swap = new RouteSwap(context, loaded, files, sources);
        this.files = files;
        this.sources = sources;
        this.scans = scans;
        this.cluster = cluster;
    }

    /**
     * Replaces the routes that run by those of {@code after}, which have no mistakes.
     *
     * @throws RollbackFailedException when neither the new ones nor the old ones start
     * @throws Exception when the old ones do not stop or the new ones do not start; then the old ones run again
     */
    void replace(RouteSet after, RouteChange change) throws Exception {
        RouteSet before = files.current();
        Set<String> stopping = new TreeSet<>(change.touchedSources());
        stopping.retainAll(sources.on());
        List<CamelClusterView> held = new ArrayList<>();
        files.setChanging(true);
        try {
            holdLeads(stopping, held);
            stop(stopping);
            swap.apply(after, change);
        } catch (InterruptedException ended) {
            // The process ends, and starts nothing any more.
            throw ended;
        } catch (Exception | LinkageError refused) {
            LOG.warnf("routes-rolled-back revision=%s", before.revision());
            swap.rollBack(before, change, stopping, refused);
            throw refused;
        } finally {
            for (CamelClusterView view : held) {
                cluster.releaseView(view);
            }
            files.setChanging(false);
        }
    }

    /** The lead of a stream does not move to another instance because its routes stop for a moment. */
    private void holdLeads(Set<String> stopping, List<CamelClusterView> held) throws Exception {
        for (String source : stopping) {
            held.add(cluster.getView(sources.get(source).stream()));
        }
    }

    private void stop(Set<String> stopping) throws Exception {
        for (String source : stopping) {
            Route route = context.getRoute(source);
            if (route != null) {
                ServiceHelper.suspendService(route.getConsumer());
            }
        }
        long latest = System.nanoTime() + LONGEST_PAGE.toNanos();
        while (!(scans.endTurns(stopping) & isIdle(stopping)) && System.nanoTime() - latest < 0) {
            Thread.sleep(PAUSE.toMillis());
        }
        for (String source : stopping) {
            context.getRouteController().stopRoute(source);
        }
    }

    private boolean isIdle(Set<String> stopping) {
        return stopping.stream()
                .allMatch(source -> context.getInflightRepository().size(source) == 0);
    }
}
