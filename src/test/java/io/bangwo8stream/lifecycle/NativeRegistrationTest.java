package io.bangwo8stream.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.bangwo8stream.cluster.LeaderAssignor;
import io.bangwo8stream.config.StreamConfig;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.apache.camel.processor.aggregate.UseLatestAggregationStrategy;
import org.apache.camel.util.AntPathMatcher;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares what a native image needs with what is registered for it, without building one: classes that YAML names,
 * resources, services, and uses of reflection.
 */
class NativeRegistrationTest {

    private static final Path SOURCES = Path.of("src/main/java");

    /** Calls that find a class, a member or a service when the product runs, and the files that may contain them. */
    private static final Map<String, Set<String>> REFLECTION = Map.of(
            "Class\\.forName|\\.loadClass\\(", Set.of(),
            "ServiceLoader", Set.of(),
            "\\.newInstance\\(|Proxy\\.newProxyInstance|MethodHandles", Set.of(),
            "\\.getMethods\\(\\)|\\.getDeclared\\w+\\(|\\.getFields\\(\\)",
                    Set.of("BeanCheck.java", "SettingNames.java"),
            "\\.getResource(AsStream)?\\(", Set.of("FieldTable.java", "SchemaResources.java"));

    private static final List<JsonNode> ROUTES = new ArrayList<>();
    private static final List<Class<?>> CLASSES = new ArrayList<>();
    private static final Properties SETTINGS = new Properties();

    @BeforeAll
    static void read() throws Exception {
        ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
        for (Path route : files(Path.of("routes"), ".camel.yaml")) {
            ROUTES.add(yaml.readTree(route.toFile()));
        }
        for (Path source : files(SOURCES, ".java")) {
            String name =
                    SOURCES.relativize(source).toString().replace('/', '.').replaceFirst("\\.java$", "");
            if (!name.endsWith("-info")) {
                CLASSES.add(Class.forName(name, false, NativeRegistrationTest.class.getClassLoader()));
            }
        }
        try (InputStream in = Files.newInputStream(Path.of("application.properties"))) {
            SETTINGS.load(in);
        }
    }

    @Test
    void registersTheExceptionsThatRoutesName() {
        Set<String> named = new TreeSet<>();
        ROUTES.forEach(route ->
                route.findValues("exception").forEach(list -> list.forEach(each -> named.add(each.asText()))));
        ROUTES.forEach(route -> route.findValuesAsText("exceptionType").forEach(named::add));

        assertThat(named)
                .contains("io.bangwo8stream.api.ApiUnavailableException")
                .allMatch(NativeRegistrationTest::isRegistered);
    }

    /** Camel looks their methods up by name. */
    @Test
    void registersTheBeansWhoseMethodsRoutesCall() {
        Map<String, Class<?>> beans = new TreeMap<>();
        CLASSES.stream()
                .filter(type -> type.isAnnotationPresent(Named.class))
                .forEach(type -> beans.put(type.getAnnotation(Named.class).value(), type));
        Set<String> called = new TreeSet<>();
        ROUTES.forEach(route -> route.findValues("bean")
                .forEach(bean -> called.add(bean.path("ref").asText())));

        assertThat(called).contains("scanSteps").isSubsetOf(beans.keySet());
        assertThat(called).allMatch(name -> isRegistered(beans.get(name).getName()));
    }

    /** Nothing else is created by name: {@code type:} and {@code #class:} would need an entry. */
    @Test
    void routesCreateNoClassByName() throws IOException {
        for (Path route : files(Path.of("routes"), ".camel.yaml")) {
            assertThat(Files.readString(route))
                    .as(route.toString())
                    .doesNotContain("#class:")
                    .doesNotContain("#type:");
        }
        assertThat(ROUTES)
                .allSatisfy(route -> assertThat(route.findValuesAsText("type")).noneMatch(type -> type.contains(".")));
    }

    /** What the YAML of an operator may name. */
    @ParameterizedTest
    @ValueSource(classes = {GroupedBodyAggregationStrategy.class, UseLatestAggregationStrategy.class})
    void registersCamelsAggregationStrategies(Class<? extends AggregationStrategy> strategy) {
        assertThat(strategy.getName()).matches(NativeRegistrationTest::isRegistered);
    }

    @Test
    void registersEveryExceptionOfTheProduct() {
        List<Class<?>> exceptions =
                CLASSES.stream().filter(Exception.class::isAssignableFrom).toList();

        assertThat(exceptions).hasSizeGreaterThan(8).allMatch(type -> isRegistered(type.getName()));
    }

    /** The template engine generates access to public types only. */
    @Test
    void registersWhatTheTemplateOfThePageReads() {
        List<Class<?>> views = CLASSES.stream()
                .filter(type -> type.isRecord() && type.getPackageName().endsWith(".page"))
                .toList();

        assertThat(views).isNotEmpty().allMatch(type -> isRegistered(type.getName()));
    }

    @Test
    void registersWhatIsReadOrCreatedByReflection() {
        assertThat(StreamConfig.class.getName()).matches(NativeRegistrationTest::isRegistered);
        assertThat(LeaderAssignor.class.getName()).matches(NativeRegistrationTest::isRegistered);
    }

    /** A new use of reflection needs a registration, and then its file in this test. */
    @Test
    void knowsEveryUseOfReflection() throws IOException {
        for (Map.Entry<String, Set<String>> use : REFLECTION.entrySet()) {
            Pattern pattern = Pattern.compile(use.getKey());
            Set<String> using = new TreeSet<>();
            for (Path source : files(SOURCES, ".java")) {
                if (pattern.matcher(Files.readString(source)).find()) {
                    using.add(source.getFileName().toString());
                }
            }
            assertThat(using).as(use.getKey()).isEqualTo(use.getValue());
        }
    }

    /** Quarkus registers the providers of SmallRye Config itself. */
    @Test
    void knowsEveryService() throws IOException {
        try (Stream<Path> services = Files.list(Path.of("src/main/resources/META-INF/services"))) {
            assertThat(services.map(file -> file.getFileName().toString()))
                    .containsExactly("io.smallrye.config.ConfigSourceInterceptor");
        }
    }

    @Test
    void includesEveryResource() throws IOException {
        List<String> patterns = List.of(
                SETTINGS.getProperty("quarkus.native.resources.includes").split(","));
        List<Path> resources = new ArrayList<>(files(Path.of("src/main/resources"), ".json").stream()
                .map(file -> Path.of("src/main/resources").relativize(file))
                .filter(file -> !file.startsWith("META-INF"))
                .toList());
        resources.addAll(files(Path.of("routes"), ""));

        assertThat(resources)
                .hasSizeGreaterThan(15)
                .allMatch(resource -> patterns.stream()
                        .anyMatch(pattern -> FileSystems.getDefault()
                                .getPathMatcher("glob:" + pattern)
                                .matches(resource)));
    }

    private static boolean isRegistered(String name) {
        Set<String> named = Stream.concat(
                        Arrays.stream(RouteReflection.class
                                        .getAnnotation(RegisterForReflection.class)
                                        .targets())
                                .map(Class::getName),
                        CLASSES.stream()
                                .filter(type -> type.isAnnotationPresent(RegisterForReflection.class))
                                .map(Class::getName))
                .collect(Collectors.toSet());
        return named.contains(name)
                || Stream.of(SETTINGS.getProperty("quarkus.camel.native.reflection.include-patterns")
                                .split(","))
                        .anyMatch(pattern ->
                                AntPathMatcher.INSTANCE.match(pattern.replace('.', '/'), name.replace('.', '/')));
    }

    private static List<Path> files(Path folder, String end) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(end))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void noBinaryIsBuiltInALocaleWithoutCharactersBeyondAscii() throws IOException {
        assertThat(Files.readString(Path.of("pom.xml")))
                .containsPattern(
                        "(?s)<requireProperty>\\s*<property>sun.jnu.encoding</property>\\s*<regex>UTF-8</regex>");
    }
}
