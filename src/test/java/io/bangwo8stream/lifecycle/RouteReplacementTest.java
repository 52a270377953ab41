package io.bangwo8stream.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bangwo8stream.config.TestSettings;
import io.bangwo8stream.routes.RouteChange;
import io.bangwo8stream.source.RouteFile;
import io.bangwo8stream.source.RouteFiles;
import io.bangwo8stream.source.RouteSet;
import io.bangwo8stream.source.SourceRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.Route;
import org.apache.camel.cluster.CamelClusterMember;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.cluster.AbstractCamelClusterService;
import org.apache.camel.support.cluster.AbstractCamelClusterView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RouteReplacementTest {

    private static final RouteFile TEMPLATE = file("template", """
            - routeTemplate:
                id: source-template
                parameters:
                  - name: source
                  - { name: type, defaultValue: acme.record }
                  - { name: topic, defaultValue: records }
                  - { name: path, defaultValue: /records.json }
                  - { name: recordsPath, defaultValue: records }
                  - { name: idField, defaultValue: csId }
                  - { name: fields, defaultValue: remote-record }
                  - { name: stream, defaultValue: "{{source}}" }
                route:
                  id: "{{source}}"
                  autoStartup: false
                  from:
                    uri: stubborn:{{source}}
                    steps:
                      - to:
                          uri: direct:{{source}}
            """);

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final LoadedRoutes loaded = new LoadedRoutes(context);
    private final RouteFiles files = new RouteFiles(context, "", Optional.empty());
    private final SourceRegistry sources = new SourceRegistry(context, files, TestSettings.of());
    private final Stubborn stubborn = new Stubborn();
    private final Leads leads = new Leads();
    private final RouteReplacement replacement =
            new RouteReplacement(context, loaded, files, sources, stopping -> true, leads);
    private final RouteSet before = set(source("calls", "one"), source("orders", "one"));

    @BeforeEach
    void startRoutes() throws Exception {
        context.addComponent("stubborn", stubborn);
        leads.setCamelContext(context);
        leads.start();
        loaded.add(before.routes());
        files.use(before);
        context.start();
        context.getRouteController().startRoute("calls");
        context.getRouteController().startRoute("orders");
    }

    @AfterEach
    void stop() {
        context.stop();
        leads.stop();
    }

    @Test
    void startsTheNewRoutesInThePlaceOfTheFormerOnes() throws Exception {
        RouteSet after = set(source("calls", "two"), source("orders", "one"));

        replacement.replace(after, RouteChange.between(before, after));

        assertThat(ask("calls")).isEqualTo("two");
        assertRun(after);
    }

    @Test
    void startsTheFormerRoutesAgainWhenTheNewOnesDoNotStart() {
        RouteFile wrong = file("calls", source("calls", "two").content() + """
                        - loop:
                            doWhile: neither
                            simple: x
                            steps:
                              - stop: {}
                """);
        RouteSet after = set(wrong, source("orders", "one"));

        assertThatThrownBy(() -> replacement.replace(after, RouteChange.between(before, after)))
                .hasStackTraceContaining("neither");

        assertThat(ask("calls")).isEqualTo("one");
        assertRun(before);
    }

    @Test
    void startsTheFormerRoutesAgainWhenOneOfThemDoesNotStop() {
        RouteSet after = set(source("calls", "two"));
        stubborn.refusing.add("orders");

        assertThatThrownBy(() -> replacement.replace(after, RouteChange.between(before, after)))
                .hasStackTraceContaining("orders does not stop");

        assertThat(ask("calls")).isEqualTo("one");
        assertThat(ask("orders")).isEqualTo("one");
        assertRun(before);
    }

    @Test
    void namesTheSourceThatStandsStillWhenItsFormerRouteDoesNotStartEither() throws Exception {
        RouteSet after = set(source("calls", "two"), source("orders", "two"));
        stubborn.broken.add("calls");

        assertThatThrownBy(() -> replacement.replace(after, RouteChange.between(before, after)))
                .isInstanceOfSatisfying(
                        RollbackFailedException.class,
                        failed -> assertThat(failed.stopped()).containsExactly("calls"))
                .hasStackTraceContaining("calls does not start");

        assertThat(files.stopped()).containsExactly("calls");
        assertThat(files.isChanging()).isFalse();
        assertThat(leads.held).as("held leads").isEmpty();
        assertThat(ask("orders")).as("the other one runs again").isEqualTo("one");
        assertThat(stubborn.running).containsExactly("orders");
    }

    /** A source without the routes that it sends to would fail record by record. */
    @Test
    void startsNoTouchedSourceWhenTheFormerRoutesCannotBeLoaded() throws Exception {
        RouteFile shared = file("shared", """
                - route:
                    id: shared
                    from:
                      uri: stubborn:shared
                      steps:
                        - to: direct:calls
                """);
        RouteSet former = set(source("calls", "one"), source("orders", "one"), shared);
        replacement.replace(former, RouteChange.between(before, former));
        stubborn.broken.add("shared");
        RouteSet after = set(
                source("calls", "two"),
                source("orders", "one"),
                file("shared", shared.content().replace("direct:calls", "direct:orders")));

        assertThatThrownBy(() -> replacement.replace(after, RouteChange.between(former, after)))
                .isInstanceOfSatisfying(
                        RollbackFailedException.class,
                        failed -> assertThat(failed.stopped()).containsExactly("calls"))
                .hasMessageContaining("shared does not start");

        assertThat(files.stopped()).containsExactly("calls");
        assertThat(stubborn.running).containsExactly("orders");
        stubborn.broken.clear();
        replacement.replace(before, RouteChange.between(files.current(), before));
        assertRun(before);
    }

    /** What runs is neither set of files, so that each of the two is a change. */
    @Test
    void startsASourceThatStandsStillWithTheNextFiles() throws Exception {
        RouteSet after = set(source("calls", "two"), source("orders", "two"));
        for (RouteSet next : List.of(before, after)) {
            stubborn.broken.add("calls");
            RouteSet wrong = set(source("calls", "wrong"), source("orders", "wrong"));
            assertThatThrownBy(() -> replacement.replace(wrong, RouteChange.between(files.current(), wrong)))
                    .isInstanceOf(RollbackFailedException.class);
            assertThat(files.current()).isNotIn(before, after, wrong);
            stubborn.broken.clear();

            replacement.replace(next, RouteChange.between(files.current(), next));

            assertThat(files.stopped()).isEmpty();
            assertRun(next);
        }
    }

    private void assertRun(RouteSet set) {
        assertThat(files.current()).isEqualTo(set);
        assertThat(files.isChanging()).isFalse();
        assertThat(leads.held).as("held leads").isEmpty();
        assertThat(context.getRoutes())
                .extracting(Route::getRouteId)
                .containsExactlyInAnyOrder("calls", "join-calls", "orders", "join-orders");
        assertThat(context.getRoutes())
                .allSatisfy(route -> assertThat(context.getRouteController().getRouteStatus(route.getRouteId()))
                        .as(route.getRouteId())
                        .matches(status -> status.isStarted()));
        assertThat(stubborn.running).containsExactly("calls", "orders");
    }

    private String ask(String source) {
        return context.createProducerTemplate().requestBody("direct:" + source, "", String.class);
    }

    private static RouteSet set(RouteFile... sources) {
        List<RouteFile> all = new ArrayList<>(List.of(sources));
        all.add(TEMPLATE);
        return new RouteSet(all, Map.of(), List.of(), List.of());
    }

    private static RouteFile source(String name, String answer) {
        return file(name, """
                - templatedRoute:
                    routeTemplateRef: source-template
                    routeId: %1$s
                    parameters:
                      - { name: source, value: %1$s }
                - route:
                    id: join-%1$s
                    from:
                      uri: direct:%1$s
                      steps:
                        - setBody:
                            constant: %2$s
                """.formatted(name, answer));
    }

    private static RouteFile file(String name, String content) {
        return new RouteFile(name + ".camel.yaml", "file:/r/" + name + ".camel.yaml", content);
    }

    /** A component whose consumers may refuse to stop, once each, and to start. */
    private static final class Stubborn extends DefaultComponent {

        private final Set<String> refusing = new TreeSet<>();
        private final Set<String> broken = new TreeSet<>();
        private final Set<String> running = new TreeSet<>();

        @Override
        protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
            return new Silent(uri, remaining, this);
        }
    }

    /** Receives nothing. */
    private static final class Silent extends DefaultEndpoint {

        private final String name;

        private Silent(String uri, String name, Component component) {
            super(uri, component);
            this.name = name;
        }

        @Override
        public Producer createProducer() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            Stubborn component = (Stubborn) getComponent();
            return new DefaultConsumer(this, processor) {
                @Override
                protected void doStart() {
                    if (component.broken.contains(name)) {
                        throw new IllegalStateException(name + " does not start");
                    }
                    component.running.add(name);
                }

                @Override
                protected void doStop() {
                    component.running.remove(name);
                    if (component.refusing.remove(name)) {
                        throw new IllegalStateException(name + " does not stop");
                    }
                }
            };
        }
    }

    /** A cluster whose views are started while somebody holds them. */
    private static final class Leads extends AbstractCamelClusterService<AbstractCamelClusterView> {

        private final Set<String> held = new TreeSet<>();

        @Override
        protected AbstractCamelClusterView createView(String namespace) {
            return new AbstractCamelClusterView(this, namespace) {
                @Override
                protected void doStart() {
                    held.add(namespace);
                }

                @Override
                protected void doStop() {
                    held.remove(namespace);
                }

                @Override
                public Optional<CamelClusterMember> getLeader() {
                    return Optional.empty();
                }

                @Override
                public CamelClusterMember getLocalMember() {
                    return null;
                }

                @Override
                public List<CamelClusterMember> getMembers() {
                    return List.of();
                }
            };
        }
    }
}
