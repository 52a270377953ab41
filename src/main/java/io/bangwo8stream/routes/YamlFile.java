package io.bangwo8stream.routes;

import io.bangwo8stream.source.RouteFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.camel.util.StringHelper;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A file of routes as a tree whose nodes know their lines. */
final class YamlFile {

    private final RouteFile file;
    private final Node root;

    private YamlFile(RouteFile file, Node root) {
        this.file = file;
        this.root = root;
    }

    /** @throws org.snakeyaml.engine.v2.exceptions.YamlEngineException when it is no YAML */
    static YamlFile parse(RouteFile file) {
        return new YamlFile(
                file,
                new Compose(LoadSettings.builder().build())
                        .composeString(file.content())
                        .orElse(null));
    }

    RouteFile file() {
        return file;
    }

    Finding finding(int line, String text) {
        return Finding.of(file, line, text);
    }

    /** Whether it is a list, as a file of routes has to be. */
    boolean isList() {
        return root instanceof SequenceNode;
    }

    /** A member of an object: {@code key: value}. */
    record Member(String key, Node value, MappingNode parent) {

        /** From 1. */
        int line() {
            return lineOf(value);
        }

        /** The text of a value that is one. */
        Optional<String> text() {
            return value instanceof ScalarNode scalar ? Optional.of(scalar.getValue()) : Optional.empty();
        }
    }

    /** The members at the top: routes, templates, their instances and route configurations. */
    List<Member> elements() {
        List<Member> elements = new ArrayList<>();
        if (root instanceof SequenceNode list) {
            list.getValue().forEach(element -> elements.addAll(members(element)));
        }
        return elements;
    }

    /** The members of an object; none of anything else. */
    static List<Member> members(Node node) {
        List<Member> members = new ArrayList<>();
        if (node instanceof MappingNode object) {
            for (NodeTuple member : object.getValue()) {
                if (member.getKeyNode() instanceof ScalarNode key) {
                    members.add(
                            new Member(StringHelper.dashToCamelCase(key.getValue()), member.getValueNode(), object));
                }
            }
        }
        return members;
    }

    static Optional<Member> member(Node node, String key) {
        return members(node).stream().filter(member -> member.key().equals(key)).findFirst();
    }

    static Optional<String> text(Node node, String key) {
        return member(node, key).flatMap(Member::text);
    }

    /** The elements of a list; none of anything else. */
    static List<Node> list(Node node) {
        return node instanceof SequenceNode list ? list.getValue() : List.of();
    }

    /** Shows every member of every object below {@code node} to {@code visitor}, in the order of the file. */
    static void visit(Node node, Consumer<Member> visitor) {
        for (Member member : members(node)) {
            visitor.accept(member);
            visit(member.value(), visitor);
        }
        list(node).forEach(element -> visit(element, visitor));
    }

    static int lineOf(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }
}
