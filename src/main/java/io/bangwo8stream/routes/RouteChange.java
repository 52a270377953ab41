package io.bangwo8stream.routes;

import io.bangwo8stream.routes.RouteModel.Element;
import io.bangwo8stream.source.RouteFile;
import io.bangwo8stream.source.RouteSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What differs between two sets of files without mistakes, and which sources that touches. */
public final class RouteChange {

    /** What the product itself, or every source, uses. */
    private static final Set<String> SHARED = Set.of("bangwo8-api", "bangwo8-api-call");

    private final RouteSet before;
    private final RouteSet after;
    private final Set<String> files = new TreeSet<>();
    private final Set<String> touched = new TreeSet<>();
    private final Set<String> removedSources = new TreeSet<>();
    private final boolean all;

    private RouteChange(RouteSet before, RouteSet after) {
        this.before = before;
        this.after = after;
        files.addAll(different(before.routes(), after.routes()));
        files.addAll(different(before.tables().values(), after.tables().values()));
        this.all = Stream.of(before, after)
                .flatMap(set -> changed(set).stream())
                .map(RouteElements::of)
                .anyMatch(RouteChange::concernsAll);
        removedSources.addAll(touched(before));
        touched.addAll(removedSources);
        Set<String> remaining = touched(after);
        touched.addAll(remaining);
        removedSources.removeAll(remaining);
    }

    public static RouteChange between(RouteSet before, RouteSet after) {
        return new RouteChange(before, after);
    }

    /** The names of the files that are other ones, new or gone. */
    public Set<String> files() {
        return files;
    }

    /** The names of the sources that must not scan while the routes are replaced; on or off, old or new. */
    public Set<String> touchedSources() {
        return touched;
    }

    /** The names of the sources that are gone. */
    public Set<String> removedSources() {
        return removedSources;
    }

    /** The files whose routes are removed. */
    public List<RouteFile> removed() {
        return all ? before.routes() : changed(before);
    }

    /** The files whose routes are added. */
    public List<RouteFile> added() {
        return all ? after.routes() : changed(after);
    }

    private static boolean concernsAll(RouteElements defined) {
        return !defined.templates().isEmpty()
                || !defined.configurations().isEmpty()
                || defined.routes().stream().anyMatch(SHARED::contains);
    }

    private List<RouteFile> changed(RouteSet set) {
        return set.routes().stream().filter(file -> files.contains(file.name())).toList();
    }

    private static Set<String> different(Collection<RouteFile> before, Collection<RouteFile> after) {
        Set<RouteFile> one = new HashSet<>(before);
        Set<RouteFile> other = new HashSet<>(after);
        return Stream.concat(
                        before.stream().filter(file -> !other.contains(file)),
                        after.stream().filter(file -> !one.contains(file)))
                .map(RouteFile::name)
                .collect(Collectors.toSet());
    }

    private Set<String> touched(RouteSet set) {
        RouteModel model =
                new RouteModel(set.routes().stream().map(YamlFile::parse).toList());
        Map<String, Element> byInput = inputs(model);
        return model.of(Element.INSTANCE).stream()
                .filter(source -> all || isTouched(source, byInput, new HashSet<>()) || usesChangedTable(source))
                .map(Element::name)
                .collect(Collectors.toSet());
    }

    private static Map<String, Element> inputs(RouteModel model) {
        Map<String, Element> byInput = new HashMap<>();
        for (Element route : model.of(Element.ROUTE)) {
            YamlFile.member(route.body(), "from")
                    .flatMap(from -> YamlFile.text(from.value(), "uri"))
                    .filter(RouteModel::isDirect)
                    .ifPresent(uri -> byInput.put(RouteModel.directName(uri), route));
        }
        return byInput;
    }

    /** Whether the file of {@code element}, or of a route that it sends to, has changed. */
    private boolean isTouched(Element element, Map<String, Element> byInput, Set<Element> seen) {
        if (!seen.add(element)) {
            return false;
        }
        if (files.contains(element.file().file().name())) {
            return true;
        }
        Set<Element> targets = new HashSet<>();
        YamlFile.visit(
                element.body(),
                member -> member.text()
                        .filter(RouteModel::isDirect)
                        .map(RouteModel::directName)
                        .map(byInput::get)
                        .ifPresent(targets::add));
        return targets.stream().anyMatch(target -> isTouched(target, byInput, seen));
    }

    private boolean usesChangedTable(Element source) {
        return InstanceCheck.given(source).values().stream()
                .filter(parameter -> YamlFile.text(parameter, "name")
                        .filter("fields"::equals)
                        .isPresent())
                .flatMap(parameter -> YamlFile.text(parameter, "value").stream())
                .anyMatch(table -> files.contains(table + ".fields.json"));
    }
}
