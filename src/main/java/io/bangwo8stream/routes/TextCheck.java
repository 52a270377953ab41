package io.bangwo8stream.routes;

import io.bangwo8stream.routes.RouteModel.Element;
import io.bangwo8stream.routes.YamlFile.Member;
import io.bangwo8stream.text.SafeText;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;

/** Finds placeholders that nobody has set, and expressions that Camel cannot parse. */
final class TextCheck implements Check {

    private final CamelContext context;
    private final Placeholders placeholders;

    TextCheck(CamelContext context, Placeholders placeholders) {
        this.context = context;
        this.placeholders = placeholders;
    }

    @Override
    public void run(RouteModel model, Consumer<Finding> found) {
        model.visit((element, member) -> member.text()
                .filter(text -> !member.key().equals("description"))
                .ifPresent(text -> {
                    placeholders
                            .unset(text, element.parameterNames())
                            .ifPresent(name -> found.accept(element.finding(
                                    member.line(),
                                    "the setting " + name + " has no value: set it, or write {{" + name
                                            + ":default}}")));
                    if (member.key().equals("simple")) {
                        checkExpression(element, member, text, found);
                    }
                }));
    }

    private void checkExpression(Element element, Member member, String text, Consumer<Finding> found) {
        try {
            context.resolveLanguage("simple").createExpression(placeholders.resolve(text, element.parameterNames()));
        } catch (RuntimeException wrong) {
            String reason =
                    String.valueOf(wrong.getMessage()).lines().findFirst().orElse("");
            found.accept(element.finding(
                    member.line(), "the expression " + text + " cannot be read: " + SafeText.of(reason)));
        }
    }
}
