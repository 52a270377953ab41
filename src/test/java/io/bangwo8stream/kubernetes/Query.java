package io.bangwo8stream.kubernetes;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an expression of Prometheus names.
 *
 * @param texts where labels of the result are shown: annotations of an alert, or the legend of a panel
 */
public record Query(String expression, List<String> texts) {

    private static final Pattern METRIC = Pattern.compile("\\b(?:bangwo8|kube)_\\w+");
    private static final Pattern GROUPED = Pattern.compile("(?:by|on) \\(([\\w, ]+)\\)");
    private static final Pattern SELECTOR = Pattern.compile("(\\w+)\\{([^}]*)}");
    private static final Pattern MATCHER = Pattern.compile("(\\w+) *(?:=~|!~|!=|=) *\"([^\"]*)\"");
    private static final Pattern SHOWN = Pattern.compile("\\{\\{ *(?:\\$labels\\.)?(\\w+) *}}");

    /** Exported by others: by kube-state-metrics. */
    private static final Set<String> OF_OTHERS = Set.of("kube_pod_status_ready");

    /** Added by Prometheus, which finds the product by its pods; and {@code condition}, of kube-state-metrics. */
    private static final Set<String> LABELS_OF_OTHERS = Set.of("namespace", "pod", "job", "condition");

    /** A label, and a value that the expression compares with it, of a metric of the product. */
    public record Selected(String metric, String label, String value) {}

    /** The metrics of the product, as Prometheus names their series, such as {@code bangwo8_scan_seconds_sum}. */
    public Set<String> metrics() {
        return METRIC.matcher(expression)
                .results()
                .map(MatchResult::group)
                .filter(metric -> !OF_OTHERS.contains(metric))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The labels that the product has to export. */
    public Set<String> labels() {
        Stream<String> grouped = named(GROUPED, expression).flatMap(Pattern.compile(", *")::splitAsStream);
        Stream<String> shown = texts.stream().flatMap(text -> named(SHOWN, text));
        Stream<String> selected = compared().map(Selected::label);
        return Stream.of(grouped, shown, selected)
                .flatMap(Function.identity())
                .filter(label -> !LABELS_OF_OTHERS.contains(label))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The values that the expression compares with labels of the product; those of {@code a|b} one by one. */
    public List<Selected> selected() {
        return compared()
                .filter(one -> !OF_OTHERS.contains(one.metric()))
                .flatMap(one -> Pattern.compile("\\|")
                        .splitAsStream(one.value())
                        .map(value -> new Selected(one.metric(), one.label(), value)))
                .toList();
    }

    private Stream<Selected> compared() {
        return SELECTOR.matcher(expression)
                .results()
                .flatMap(selector -> MATCHER.matcher(selector.group(2))
                        .results()
                        .map(match -> new Selected(selector.group(1), match.group(1), match.group(2))));
    }

    private static Stream<String> named(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1));
    }
}
