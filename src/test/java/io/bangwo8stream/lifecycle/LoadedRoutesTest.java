package io.bangwo8stream.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bangwo8stream.source.RouteFile;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadedRoutesTest {

    private static final RouteFile TEMPLATE = file("template", """
            - routeTemplate:
                id: source-template
                parameters:
                  - name: source
                route:
                  id: "{{source}}"
                  routeConfigurationId: handling
                  autoStartup: false
                  from:
                    uri: direct:{{source}}
                    steps:
                      - to:
                          uri: direct:answer
            """);
    private static final RouteFile HANDLING = file("handling", """
            - routeConfiguration:
                id: handling
                onException:
                  - onException:
                      exception:
                        - java.lang.Exception
                      handled:
                        constant: "true"
                      steps:
                        - setBody:
                            constant: handled
            """);
    private static final RouteFile INSTANCE = file("instance", """
            - templatedRoute:
                routeTemplateRef: source-template
                routeId: calls
                parameters:
                  - { name: source, value: calls }
            """);

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final LoadedRoutes loaded = new LoadedRoutes(context);

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void replacesARouteThatOthersUseWhileTheyRun() throws Exception {
        List<RouteFile> files = List.of(INSTANCE, answer("one"), TEMPLATE, HANDLING);
        loaded.add(files);
        context.start();
        assertThat(context.getRouteController().getRouteStatus("calls").isStopped())
                .as("a source waits for its start")
                .isTrue();
        context.getRouteController().startRoute("calls");
        assertThat(ask()).isEqualTo("one");

        loaded.remove(List.of(answer("one")));
        loaded.add(List.of(answer("two")));

        assertThat(ask()).isEqualTo("two");
        assertThat(context.getRoutes()).hasSize(2);
    }

    @Test
    void replacesEverythingAndKeepsNothingOfTheFormerRoutes() throws Exception {
        loaded.add(List.of(INSTANCE, answer("one"), TEMPLATE, HANDLING));
        context.start();
        context.getRouteController().startRoute("calls");

        loaded.remove(List.of(INSTANCE, answer("one"), TEMPLATE, HANDLING));
        assertThat(context.getRouteDefinitions()).isEmpty();
        assertThat(context.getRouteTemplateDefinitions()).isEmpty();
        assertThat(context.getRouteConfigurationDefinitions()).isEmpty();

        RouteFile failing = file("answer", """
                - route:
                    id: answer
                    routeConfigurationId: handling
                    from:
                      uri: direct:answer
                      steps:
                        - throwException:
                            exceptionType: java.lang.IllegalStateException
                            message: always
                """);
        loaded.add(List.of(INSTANCE, failing, TEMPLATE, HANDLING));
        context.getRouteController().startRoute("calls");
        assertThat(ask()).as("the error handling applies to new routes").isEqualTo("handled");
    }

    @Test
    void canBeUndoneWhenRoutesDoNotStart() throws Exception {
        loaded.add(List.of(answer("one")));
        context.start();
        RouteFile wrong = file("answer", """
                - route:
                    id: answer
                    from:
                      uri: direct:answer
                      steps:
                        - loop:
                            doWhile: neither
                            simple: x
                            steps:
                              - stop: {}
                """);
        loaded.remove(List.of(answer("one")));
        assertThatThrownBy(() -> loaded.add(List.of(wrong))).hasMessageContaining("neither");

        loaded.remove(List.of(wrong));
        loaded.add(List.of(answer("one")));

        assertThat(context.createProducerTemplate().requestBody("direct:answer", "", String.class))
                .isEqualTo("one");
    }

    private String ask() {
        return context.createProducerTemplate().requestBody("direct:calls", "", String.class);
    }

    private static RouteFile answer(String text) {
        return file("answer", """
                - route:
                    id: answer
                    from:
                      uri: direct:answer
                      steps:
                        - setBody:
                            constant: %s
                """.formatted(text));
    }

    private static RouteFile file(String name, String content) {
        return new RouteFile(name + ".camel.yaml", "file:/r/" + name + ".camel.yaml", content);
    }
}
