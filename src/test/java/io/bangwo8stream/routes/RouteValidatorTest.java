package io.bangwo8stream.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.api.RateLimiter;
import io.bangwo8stream.config.TestSettings;
import io.bangwo8stream.join.JoinPartSteps;
import io.bangwo8stream.join.JoinSteps;
import io.bangwo8stream.join.PartListSteps;
import io.bangwo8stream.join.TicketCountSteps;
import io.bangwo8stream.publish.PagePublisher;
import io.bangwo8stream.scan.ScanSteps;
import io.bangwo8stream.source.RouteFile;
import io.bangwo8stream.source.RouteSet;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteValidatorTest {

    private static final Map<String, Class<?>> BEANS = Map.ofEntries(
            Map.entry("scanSteps", ScanSteps.class),
            Map.entry("joinSteps", JoinSteps.class),
            Map.entry("joinPartSteps", JoinPartSteps.class),
            Map.entry("partListSteps", PartListSteps.class),
            Map.entry("ticketCountSteps", TicketCountSteps.class),
            Map.entry("pagePublisher", PagePublisher.class),
            Map.entry("rateLimiter", RateLimiter.class),
            Map.entry("apiLogin", Object.class),
            Map.entry("apiRequest", Object.class),
            Map.entry("apiResponse", Object.class),
            Map.entry("apiHttpClient", Object.class),
            Map.entry("apiFailure", Object.class),
            Map.entry("apiRetryPolicy", Object.class),
            Map.entry("followedViews", Object.class));

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Map<String, String> contents = new HashMap<>();
    private final Map<String, String> packaged = new HashMap<>();
    private final Map<String, RouteFile> tables = new HashMap<>();
    private final Properties settings = new Properties();

    @BeforeEach
    void readPackagedRoutes() throws IOException {
        context.build();
        try (Stream<Path> files = Files.walk(Path.of("routes"));
                Reader file = Files.newBufferedReader(Path.of("application.properties"))) {
            settings.load(file);
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                String name = each.getFileName().toString();
                if (name.endsWith(".camel.yaml")) {
                    contents.put(name, read(each));
                } else {
                    tables.put(name.replace(".fields.json", ""), new RouteFile(name, "file:/r/" + name, read(each)));
                }
            }
        }
        packaged.putAll(contents);
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void findsNothingInThePackagedRoutesAndTheExamples() {
        assertThat(contents).hasSizeGreaterThan(9);
        assertThat(findings()).isEmpty();
    }

    /** What an operator may do wrong, with the only line that the product then writes. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            calls          | `  from:`      | `\tfrom:` | contains a tab before the first character of a line: replace it by spaces
            calls          | `- to: d`      | `-to: d` | is no YAML: expected <block end>, but found '?'; check the indentation
            calls          | direct:bangwo8-api | dircet:bangwo8-api | there is no component dircet; the nearest one is direct
            calls          | direct:bangwo8-api | direct:bangwo8-apl | no route receives from direct:bangwo8-apl; the nearest one is bangwo8-api
            calls          | direct:bangwo8-api | direct:bangwo8-api?timeuot=1 | the component direct has no option timeuot; the nearest one is timeout
            calls          | value: direct:join-call | value: direct:join-cal | no route receives from direct:join-cal; the nearest one is join-call
            source-template | includeMetadata: false | includeMetdata: false | the component timer has no option includeMetdata; the nearest one is includeMetadata
            bangwo8-api    | disableStreamCache | disableStreamCaches | the component https has no option disableStreamCaches; the nearest one is disableStreamCache
            bangwo8-api    | #apiHttpClient | #apiHtpClient | there is no bean apiHtpClient; the nearest one is apiHttpClient
            calls          | `ref: joinPartSteps, method: "request` | `ref: joinPartStep, method: "request` | there is no bean joinPartStep; the nearest one is joinPartSteps
            calls          | addServiceSummary | addServicSummary | the bean joinPartSteps has no method addServicSummary; the nearest one is addServiceSummary
            calls          | `, ${body})`   | `)` | the method addServiceSummary of the bean joinPartSteps takes 2 arguments, not 1
            calls          | steps:         | stepz: | Unsupported field: stepz: correct or remove it
            calls          | `- bean:`      | `- baen:` | Unknown node id: baen: correct or remove it
            calls          | `- route:`     | `- beans:` | beans is no element of such a file
            ticket-views   | id: join-ticket-view | id: join-call | the id join-call is there twice: it stands in /r/calls.camel.yaml:18 too
            calls          | `{ name: type, value: bangwo8.call }` | `{ name: typ, value: bangwo8.call }` | the template source-template has no parameter typ; the nearest one is type
            calls          | `      - { name: type, value: bangwo8.call }` | ~~ | the parameter type is missing, which the template source-template requires
            calls          | value: callid  | value: calid | idField names the field calid, which the field table calls does not have; the nearest one is callid
            calls          | value: calls } | value: cals } | the parameter source is cals, but routeId is calls
            calls          | `fields, value: calls` | `fields, value: cals` | source calls: the field table cals is missing: put cals.fields.json beside the route
            calls          | `"starttime,endtime"` | starttime | source calls: window must name two parameters, such as starttime,endtime
            tickets        | `schema, value: ticket` | `schema, value: tickt` | there is no schema tickt; the nearest one is ticket
            tickets        | #followedViews | #folowedViews | there is no bean folowedViews; the nearest one is followedViews
            tickets        | source-template | source-templat | there is no template source-templat; the nearest one is source-template
            tickets        | bangwo8.topics.tickets | bangwo8.topics.tikcets | the setting bangwo8.topics.tikcets has no value: set it, or write {{bangwo8.topics.tikcets:default}}
            bangwo8-api    | retry-api-calls | retry-api-call | there is no route configuration retry-api-call; the nearest one is retry-api-calls
            bangwo8-list   | ${variable.partList.nextRequest} | ${varable.partList.nextRequest} | the expression ${varable.partList.nextRequest} cannot be read: Unknown function
            error-handling | java.io.IOException | java.io.IOExeption | there is no class java.io.IOExeption; the nearest one is java.io.IOException
            error-handling | java.io.IOException | java.lang.String | the class java.lang.String is no exception: name one such as java.io.IOException
            error-handling | io.bangwo8stream.api.ApiUnavailableException | io.bangwo8stream.ApiUnavailableException | there is no class io.bangwo8stream.ApiUnavailableException; the nearest one is io.bangwo8stream.api.ApiUnavailableException
            calls          | `- to: direct:bangwo8-api` | `- throwException: { exceptionType: com.acme.Refused, message: no }` | there is no class com.acme.Refused: name a class of the product, of Camel or of Java; a native binary contains only those that the README lists
            calls          | `- to: direct:bangwo8-api` | `- convertBodyTo: java.lang.Strin` | there is no class java.lang.Strin; the nearest one is java.lang.String
            calls          | `- to: direct:bangwo8-api` | `- convertBodyTo: { type: com.acme.Call }` | there is no class com.acme.Call: name a class of the product, of Camel or of Java; a native binary contains only those that the README lists
            calls          | `- to: direct:bangwo8-api` | `- convertVariableTo: { name: record, type: com.acme.Call }` | there is no class com.acme.Call: name a class of the product, of Camel or of Java; a native binary contains only those that the README lists
            calls          | `- to: direct:bangwo8-api` | `- unmarshal: { json: { unmarshalType: com.acme.Call } }` | there is no class com.acme.Call: name a class of the product, of Camel or of Java; a native binary contains only those that the README lists
            calls          | `- to: direct:bangwo8-api` | `- setBody: { simple: { expression: "1", resultType: com.acme.Call } }` | there is no class com.acme.Call: name a class of the product, of Camel or of Java; a native binary contains only those that the README lists
            calls          | `- to: direct:bangwo8-api` | `- bean: { beanType: com.acme.Calls, method: sort }` | there is no class com.acme.Calls: name a class of the product, of Camel or of Java; a native binary contains only those that the README lists
            calls          | `- to: direct:bangwo8-api` | `- enrich: { expression: { constant: direct:bangwo8-api }, aggregationStrategy: "#class:org.apache.camel.GroupedBodyAggregationStrategy" }` | there is no class org.apache.camel.GroupedBodyAggregationStrategy; the nearest one is org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy
            calls          | `- to: direct:bangwo8-api` | `- enrich: { expression: { constant: direct:bangwo8-api }, aggregationStrategy: apiRequst }` | there is no bean apiRequst; the nearest one is apiRequest
            calls          | `- to: direct:bangwo8-api` | `- to: "log:calls?exchangeFormatter=#class:com.acme.Format(1)"` | there is no class com.acme.Format: name a class of the product, of Camel or of Java; a native binary contains only those that the README lists
            calls          | `- to: direct:bangwo8-api` | `- process: { ref: "#type:com.acme.Calls" }` | there is no class com.acme.Calls: name a class of the product, of Camel or of Java; a native binary contains only those that the README lists
            """)
    void namesFileAndLineOf(String file, String good, String bad, String text) {
        String name = file + ".camel.yaml";
        change(name, content -> content.replace(unquoted(good), unquoted(bad)));

        int line = firstChangedLine(name);

        List<Finding> findings = findings();

        assertThat(findings)
                .extracting(Finding::toString)
                .anySatisfy(each -> assertThat(each).startsWith("/r/" + name + ":" + line + ": " + text));
        assertThat(findings).allSatisfy(finding -> assertThat(finding.file()).isEqualTo("/r/" + name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "convertBodyTo: String",
                "convertBodyTo: { type: \"byte[]\" }",
                "throwException: { exceptionType: io.bangwo8stream.api.ApiRejectedException, message: no }",
                "enrich: { expression: { constant: direct:bangwo8-api }, aggregationStrategy:"
                        + " \"#class:org.apache.camel.processor.aggregate.StringAggregationStrategy\" }"
            })
    void acceptsTheClassesThatARouteMayName(String step) {
        change("calls.camel.yaml", content -> content.replace("to: direct:bangwo8-api", step));

        assertThat(findings()).isEmpty();
    }

    @Test
    void namesTheClassOfABeanOfATemplate() {
        String name = "source-template.camel.yaml";
        change(
                name,
                content -> content.replaceFirst(
                        "(?m)^    parameters:",
                        "    beans: [ { name: calls, type: com.acme.Calls } ]\n    parameters:"));

        assertThat(findings())
                .extracting(Finding::toString)
                .singleElement()
                .satisfies(text -> assertThat(text)
                        .startsWith(
                                "/r/" + name + ":" + firstChangedLine(name) + ": there is no class com.acme.Calls"));
    }

    @Test
    void namesWhatADeletedTemplateAndADeletedErrorHandlingLeaveOpen() {
        contents.keySet().retainAll(List.of("bangwo8-api.camel.yaml", "tickets.camel.yaml"));

        assertThat(findings())
                .extracting(Finding::toString)
                .hasSize(2)
                .anySatisfy(text ->
                        assertThat(text).startsWith("/r/bangwo8-api.camel.yaml:6: there is no route configuration"))
                .anySatisfy(text -> assertThat(text)
                        .startsWith("/r/tickets.camel.yaml:4: there is no template source-template")
                        .endsWith("or restore its file"));
    }

    @Test
    void namesADeletedApiRoute() {
        contents.remove("bangwo8-api.camel.yaml");

        assertThat(findings())
                .extracting(Finding::text)
                .contains("no route receives from direct:bangwo8-api, to which the product sends every request: restore"
                        + " the file bangwo8-api.camel.yaml");
    }

    @Test
    void namesAnEmptyFileAndOneThatIsNoList() {
        contents.put("calls.camel.yaml", "\n");
        contents.put("tickets.camel.yaml", "route: here");

        assertThat(findings())
                .extracting(Finding::toString)
                .hasSize(2)
                .allSatisfy(text -> assertThat(text).contains(".camel.yaml:1: is no list of routes"));
    }

    @Test
    void namesWrongFoldersAndEndings() {
        RouteSet files = new RouteSet(List.of(), Map.of(), List.of("/r/calls.yml"), List.of("/r is empty"));

        assertThat(validator().findings(files))
                .extracting(Finding::toString)
                .containsExactly(
                        "/r is empty",
                        "/r/calls.yml: does not end with .camel.yaml, and is not read: rename it, or remove it");
    }

    @Test
    void namesTwoFilesOfOneNameAndTheSourceThatIsThereTwice() {
        RouteFile one =
                new RouteFile("calls.camel.yaml", "file:/r/a/calls.camel.yaml", contents.get("calls.camel.yaml"));
        RouteFile other = new RouteFile("calls.camel.yaml", "file:/r/b/calls.camel.yaml", one.content());

        assertThat(validator().findings(new RouteSet(List.of(one, other), tables, List.of(), List.of())))
                .extracting(Finding::toString)
                .containsExactly("/r/b/calls.camel.yaml: has the name of /r/a/calls.camel.yaml: rename one, names are"
                        + " unique over all folders");

        contents.put("calls-again.camel.yaml", one.content().replaceAll("(?s)- route:.*", ""));
        assertThat(findings())
                .extracting(Finding::toString)
                .singleElement()
                .satisfies(text -> assertThat(text).contains("the id calls is there twice"));
    }

    private List<Finding> findings() {
        List<RouteFile> files = new ArrayList<>();
        contents.forEach((name, content) -> files.add(new RouteFile(name, "file:/r/" + name, content)));
        return validator().findings(new RouteSet(files, tables, List.of(), List.of()));
    }

    private RouteValidator validator() {
        BeanTypes beans = new BeanTypes() {
            @Override
            public Optional<Class<?>> of(String name) {
                return Optional.ofNullable(BEANS.get(name));
            }

            @Override
            public Collection<String> names() {
                return BEANS.keySet();
            }
        };
        return new RouteValidator(
                context, beans, TestSettings.of(), name -> Optional.ofNullable(settings.getProperty(name)));
    }

    /** Where the file differs first from the packaged one; at a parameter that is missing, its element. */
    private int firstChangedLine(String name) {
        List<String> before = packaged.get(name).lines().toList();
        List<String> now = contents.get(name).lines().toList();
        int line = 0;
        while (before.get(line).equals(now.get(line))) {
            line++;
        }
        return now.get(line).isBlank() ? 3 : line + 1;
    }

    private void change(String name, UnaryOperator<String> change) {
        String changed = change.apply(contents.get(name));
        assertThat(changed).as("the change of " + name).isNotEqualTo(contents.get(name));
        contents.put(name, changed);
    }

    private static String unquoted(String text) {
        return (text == null ? "" : text).replace("`", "").replace("\\t", "\t");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
