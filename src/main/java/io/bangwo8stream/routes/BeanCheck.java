package io.bangwo8stream.routes;

import io.bangwo8stream.routes.RouteModel.Element;
import io.bangwo8stream.routes.YamlFile.Member;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Finds beans, methods, exceptions and thread pools that are named but absent. */
final class BeanCheck implements Check {

    private final CamelContext context;
    private final BeanTypes beans;
    private final Predicate<String> pools;

    /** @param pools whether a thread pool with a name is configured */
    BeanCheck(CamelContext context, BeanTypes beans, Predicate<String> pools) {
        this.context = context;
        this.beans = beans;
        this.pools = pools;
    }

    @Override
    public void run(RouteModel model, Consumer<Finding> found) {
        model.visit((element, member) -> {
            if (member.key().equals("exception")) {
                YamlFile.list(member.value()).forEach(name -> checkClass(element, name, found));
            }
            member.text().ifPresent(text -> {
                if (member.key().equals("ref")) {
                    checkBean(element, member, text, found);
                } else if (member.key().endsWith("Ref") && !member.key().equals("routeTemplateRef")) {
                    bean(element, member, text, found);
                } else if (member.key().equals("executorService") && !pools.test(text)) {
                    bean(element, member, text, found);
                } else if (text.matches("#[A-Za-z]\\w*")) {
                    bean(element, member, text.substring(1), found);
                }
            });
        });
    }

    private Optional<Class<?>> bean(Element element, Member member, String name, Consumer<Finding> found) {
        Optional<Class<?>> type = beans.of(name);
        if (type.isEmpty()) {
            found.accept(
                    element.finding(member.line(), "there is no bean " + name + Names.nearest(name, beans.names())));
        }
        return type;
    }

    private void checkBean(Element element, Member member, String name, Consumer<Finding> found) {
        Optional<Class<?>> type = bean(element, member, name, found);
        Optional<Member> method = YamlFile.member(member.parent(), "method");
        if (type.isPresent() && type.get() != Object.class && method.isPresent()) {
            method.get().text().ifPresent(call -> checkMethod(element, method.get(), name, type.get(), call, found));
        }
    }

    private static void checkMethod(
            Element element, Member method, String bean, Class<?> type, String call, Consumer<Finding> found) {
        String name = call.replaceFirst("\\(.*", "").strip();
        List<Method> methods = Arrays.stream(type.getMethods())
                .filter(each -> each.getDeclaringClass() != Object.class)
                .toList();
        List<Integer> accepted = methods.stream()
                .filter(each -> each.getName().equals(name))
                .map(Method::getParameterCount)
                .distinct()
                .toList();
        if (accepted.isEmpty()) {
            Set<String> names = new TreeSet<>();
            methods.forEach(each -> names.add(each.getName()));
            found.accept(element.finding(
                    method.line(), "the bean " + bean + " has no method " + name + Names.nearest(name, names)));
        } else if (call.contains("(") && !accepted.contains(Arguments.count(call))) {
            found.accept(element.finding(
                    method.line(),
                    "the method " + name + " of the bean " + bean + " takes " + accepted.get(0) + " arguments, not "
                            + Arguments.count(call)));
        }
    }

    private void checkClass(Element element, Node node, Consumer<Finding> found) {
        if (node instanceof ScalarNode scalar && context.getClassResolver().resolveClass(scalar.getValue()) == null) {
            found.accept(element.finding(
                    YamlFile.lineOf(node),
                    "there is no class " + scalar.getValue() + ": name an exception of the product, or one such as"
                            + " java.io.IOException"));
        }
    }
}
