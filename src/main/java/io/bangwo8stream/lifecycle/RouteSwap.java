package io.bangwo8stream.lifecycle;

import io.bangwo8stream.routes.RouteChange;
import io.bangwo8stream.routes.RouteElements;
import io.bangwo8stream.source.RouteFile;
import io.bangwo8stream.source.RouteFiles;
import io.bangwo8stream.source.RouteSet;
import io.bangwo8stream.source.SourceRegistry;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;

/** Puts the routes of a change, whose sources are stopped, into the place of the former ones, and back. */
final class RouteSwap {

    /** A comment behind a file whose routes may not run. */
    private static final String STANDS_STILL = "\n# Its routes stand still.\n";

    private final CamelContext context;
    private final LoadedRoutes loaded;
    private final RouteFiles files;
    private final SourceRegistry sources;

    RouteSwap(CamelContext context, LoadedRoutes loaded, RouteFiles files, SourceRegistry sources) {
        this.context = context;
        this.loaded = loaded;
        this.files = files;
        this.sources = sources;
    }

    /** Starts the routes of {@code after}. */
    void apply(RouteSet after, RouteChange change) throws Exception {
        load(change.removed(), change.added(), after, change.touchedSources());
        for (String source : starting(change)) {
            context.getRouteController().startRoute(source);
        }
        files.setStopped(Set.of());
    }

    /**
     * Starts the routes of {@code before} again, each source as far as it is possible.
     *
     * @param stopped names of the sources that the change has stopped
     * @param refused why those of the change do not run
     * @throws RollbackFailedException when a source does not run
     */
    void rollBack(RouteSet before, RouteChange change, Set<String> stopped, Throwable refused) throws Exception {
        Throwable failure = null;
        try {
            load(change.added(), change.removed(), before, change.touchedSources());
            failure = start(starting(change));
        } catch (InterruptedException ended) {
            throw ended;
        } catch (Exception | LinkageError failed) {
            // Without its other routes a source would fail record by record.
            failure = failed;
        }
        Set<String> standing = new TreeSet<>(stopped);
        standing.addAll(files.stopped());
        standing.removeIf(this::isStarted);
        if (failure != null && !standing.isEmpty()) {
            files.setStopped(standing);
            files.use(marked(before, change, standing));
            throw new RollbackFailedException(standing, refused, failure);
        }
    }

    private void load(Collection<RouteFile> old, Collection<RouteFile> added, RouteSet set, Set<String> touched)
            throws Exception {
        loaded.remove(old);
        // A failure may have left some of them.
        loaded.remove(added);
        loaded.add(added);
        files.use(set);
        sources.refresh(touched);
    }

    private Set<String> starting(RouteChange change) {
        Set<String> starting = new TreeSet<>(change.touchedSources());
        starting.retainAll(sources.names());
        starting.retainAll(sources.on());
        return starting;
    }

    /** Starts each source that can start; returns why another one cannot, or {@code null}. */
    private Throwable start(Set<String> starting) throws InterruptedException {
        Throwable failure = null;
        for (String source : starting) {
            try {
                context.getRouteController().startRoute(source);
            } catch (InterruptedException ended) {
                throw ended;
            } catch (Exception | LinkageError failed) {
                failure = failed;
            }
        }
        return failure;
    }

    private boolean isStarted(String source) {
        ServiceStatus status = context.getRouteController().getRouteStatus(source);
        return status != null && status.isStarted();
    }

    /** {@code set} with files that equal no saved ones, so that the next files are a change, also those of {@code set}. */
    private static RouteSet marked(RouteSet set, RouteChange change, Set<String> standing) {
        List<RouteFile> changed = change.removed();
        List<RouteFile> marked = set.routes().stream()
                .map(file -> changed.contains(file) || defines(file, standing)
                        ? new RouteFile(file.name(), file.location(), file.content() + STANDS_STILL)
                        : file)
                .toList();
        return new RouteSet(marked, set.tables(), set.ignored(), set.problems());
    }

    private static boolean defines(RouteFile file, Set<String> standing) {
        return !Collections.disjoint(RouteElements.of(file).routes(), standing);
    }
}
