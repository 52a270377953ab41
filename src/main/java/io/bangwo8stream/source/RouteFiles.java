package io.bangwo8stream.source;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Reads the files of routes, and the tables of fields beside them: the packaged ones, which the files of
 * {@code bangwo8.routes} replace by their names, or those of {@code camel.main.routes-include-pattern}.
 */
@Singleton
public class RouteFiles {

    private static final String PACKAGED = "classpath:routes/*.camel.yaml,classpath:routes/sources/*.camel.yaml";
    private static final String PATTERN = "camel.main.routes-include-pattern";

    private final CamelContext context;
    private final String patterns;
    private final Optional<RouteFolder> folder;
    private final Map<String, List<RouteFile>> packaged = new ConcurrentHashMap<>();
    private volatile RouteSet current;
    private volatile boolean changing;
    private volatile String problem;
    private volatile Set<String> stopped = Set.of();

    public RouteFiles(
            CamelContext context,
            @ConfigProperty(name = PATTERN) String patterns,
            @ConfigProperty(name = "bangwo8.routes") Optional<String> folder) {
        this.context = context;
        this.patterns = patterns;
        this.folder = folder.filter(name -> !name.isBlank()).map(RouteFolder::new);
    }

    /** Whether a folder is watched, whose changes are applied without a restart. */
    public boolean isWatched() {
        return folder.isPresent();
    }

    /** The pattern that names the files instead of the product and {@code bangwo8.routes}; empty where there is none. */
    public Optional<String> ownPattern() {
        return Optional.of(patterns).filter(pattern -> !pattern.equals(PACKAGED));
    }

    /** The files of the routes that run: as they were when the process started, or when they were last applied. */
    public RouteSet current() {
        if (current == null) {
            current = read();
        }
        return current;
    }

    /** From now on the routes of {@code applied} run. */
    public void use(RouteSet applied) {
        current = applied;
    }

    /** Whether routes are being replaced at this moment, so that some do not run. */
    public boolean isChanging() {
        return changing;
    }

    public void setChanging(boolean newChanging) {
        changing = newChanging;
    }

    /** Why the present files are not those that run; empty when they are. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** @param newProblem {@code null} when the present files run */
    public void setProblem(String newProblem) {
        problem = newProblem;
    }

    /** The names of the sources that should run, and do not since a change of the routes could not be undone. */
    public Set<String> stopped() {
        return stopped;
    }

    public void setStopped(Set<String> sources) {
        stopped = Set.copyOf(sources);
    }

    /** All files as they are now. */
    public RouteSet read() {
        Reading reading = new Reading();
        for (String pattern : patterns.split(",")) {
            reading.add(pattern.strip());
        }
        folder.ifPresent(reading::replaceBy);
        if (folder.isPresent() && ownPattern().isPresent()) {
            reading.problems.add("bangwo8.routes and " + PATTERN + " are both set: remove one of them. A folder of"
                    + " bangwo8.routes is watched while the product runs");
        }
        return new RouteSet(reading.routes, reading.tables, reading.ignored, reading.problems);
    }

    /** What is collected while files are read. */
    private final class Reading {

        private final List<RouteFile> routes = new ArrayList<>();
        private final Map<String, RouteFile> tables = new TreeMap<>();
        private final List<String> ignored = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();

        private void add(String pattern) {
            List<RouteFile> found = matching(pattern);
            if (found.isEmpty()) {
                problems.add(PATTERN + " contains " + pattern + ", which matches no file: correct the folder, or put"
                        + " files there whose names end with " + RouteFile.ROUTES);
            }
            routes.addAll(found);
            beside(pattern, RouteFile.FIELDS).forEach(this::addTable);
            if (pattern.startsWith("file:")) {
                beside(pattern, ".y*ml").forEach(this::ignoreUnlessRoutes);
            }
        }

        /** The files of a folder replace those of the same names, whatever the folder of either. */
        private void replaceBy(RouteFolder overlay) {
            try {
                List<RouteFile> files = overlay.files();
                problems.addAll(overlay.problems(files));
                Set<String> names = files.stream().map(RouteFile::name).collect(Collectors.toSet());
                routes.removeIf(packaged -> names.contains(packaged.name()));
                tables.values().removeIf(packaged -> names.contains(packaged.name()));
                for (RouteFile file : files) {
                    if (file.name().endsWith(RouteFile.FIELDS)) {
                        addTable(file);
                    } else if (file.name().endsWith(RouteFile.ROUTES)) {
                        routes.add(file);
                    }
                    ignoreUnlessRoutes(file);
                }
            } catch (IOException | UncheckedIOException unreadable) {
                problems.add("bangwo8.routes cannot be read: " + unreadable.getMessage());
            }
        }

        /** A table has no other identity than its name: of two, the last one read would win. */
        private void addTable(RouteFile table) {
            RouteFile before = tables.putIfAbsent(tableName(table), table);
            if (before != null && !before.location().equals(table.location())) {
                problems.add(table.place() + ": " + table.conflictWith(before));
            }
        }

        private void ignoreUnlessRoutes(RouteFile file) {
            if (!file.name().endsWith(RouteFile.ROUTES) && !file.name().endsWith(RouteFile.FIELDS)) {
                ignored.add(file.place());
            }
        }
    }

    private static String tableName(RouteFile table) {
        return table.name().replace(RouteFile.FIELDS, "");
    }

    /** The files with this ending in the folders of {@code pattern}. */
    private List<RouteFile> beside(String pattern, String ending) {
        return matching(pattern.replaceFirst("[^/:]*$", "*" + ending));
    }

    /** What the class path contains never changes, and is expensive to search. */
    private List<RouteFile> matching(String pattern) {
        return pattern.startsWith("file:") ? search(pattern) : packaged.computeIfAbsent(pattern, this::search);
    }

    private List<RouteFile> search(String pattern) {
        try {
            Collection<Resource> found =
                    PluginHelper.getPackageScanResourceResolver(context).findResources(pattern);
            List<RouteFile> files = new ArrayList<>();
            for (Resource file : found) {
                if (file.exists()) {
                    files.add(read(file));
                }
            }
            return files;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(pattern + " cannot be read", unreadable);
        } catch (Exception absent) {
            return List.of();
        }
    }

    private static RouteFile read(Resource file) throws IOException {
        try (InputStream content = file.getInputStream()) {
            return new RouteFile(
                    RouteFile.name(file.getLocation()),
                    file.getLocation(),
                    new String(content.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
