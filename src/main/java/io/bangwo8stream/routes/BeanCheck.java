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

/** Finds beans, methods and thread pools that are named but absent. */
final class BeanCheck implements Check {

    private final BeanTypes beans;
    private final Predicate<String> pools;

    /** @param pools whether a thread pool with a name is configured */
    BeanCheck(BeanTypes beans, Predicate<String> pools) {
        this.beans = beans;
        this.pools = pools;
    }

    @Override
    public void run(RouteModel model, Consumer<Finding> found) {
        model.visit((element, member) -> member.text()
                // What these create is no bean, and ClassCheck looks at it.
                .filter(text -> !text.startsWith("#class:") && !text.startsWith("#type:"))
                .ifPresent(text -> check(element, member, text, found)));
    }

    private void check(Element element, Member member, String text, Consumer<Finding> found) {
        if (member.key().equals("ref")) {
            checkBean(element, member, text, found);
        } else if (member.key().endsWith("Ref") && !member.key().equals("routeTemplateRef")) {
            bean(element, member, text, found);
        } else if (member.key().equals("executorService") && !pools.test(text)) {
            bean(element, member, text, found);
        } else if (member.key().equals("aggregationStrategy") || text.matches("#(bean:)?[A-Za-z]\\w*")) {
            bean(element, member, text.replaceFirst("^#(bean:)?", ""), found);
        }
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
}
