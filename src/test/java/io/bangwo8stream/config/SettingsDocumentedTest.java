package io.bangwo8stream.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Compares the README's table, the configuration mapping and application.properties with each other. */
class SettingsDocumentedTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`bangwo8\\.[^|]+) \\|([^|]*)\\| ([^|]+) \\|$");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    @Test
    void readmeListsEverySettingWithItsDefault() throws IOException {
        assertThat(readmeDefaults()).isEqualTo(propertyDefaults());
    }

    @Test
    void configurationMappingHasEverySettingAndNoOther() throws IOException {
        Set<String> keys = new TreeSet<>();
        propertyDefaults()
                .keySet()
                .forEach(key -> keys.add(key.replaceAll("^bangwo8\\.topics\\..*", "bangwo8.topics")));

        assertThat(mappedKeys()).isEqualTo(keys);
    }

    @Test
    void everyPlaceholderInApplicationPropertiesIsASetting() throws IOException {
        Set<String> keys = propertyDefaults().keySet();

        assertThat(matches(
                        Pattern.compile("\\$\\{(bangwo8[^}]+)}"), Files.readString(Path.of("application.properties"))))
                .isNotEmpty()
                .isSubsetOf(keys);
    }

    private static Map<String, String> propertyDefaults() throws IOException {
        Properties properties = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of("application.properties"))) {
            properties.load(file);
        }
        Map<String, String> defaults = new TreeMap<>();
        properties.stringPropertyNames().stream()
                .filter(key -> key.startsWith("bangwo8."))
                .forEach(key -> defaults.put(key, properties.getProperty(key)));
        return defaults;
    }

    private static Map<String, String> readmeDefaults() throws IOException {
        Map<String, String> rows = new TreeMap<>();
        Matcher row = ROW.matcher(section("Settings", Files.readString(Path.of("README.md"))));
        while (row.find()) {
            String value = String.join("", matches(CODE, row.group(2)));
            matches(CODE, row.group(1)).forEach(key -> rows.put(key, value));
        }
        return rows;
    }

    private static String section(String title, String text) {
        String after = text.substring(text.indexOf("\n## " + title + "\n") + 1);
        int next = after.indexOf("\n## ");
        return next < 0 ? after : after.substring(0, next);
    }

    private static Set<String> mappedKeys() {
        Set<String> keys = new TreeSet<>();
        Arrays.stream(StreamConfig.class.getMethods())
                .map(Method::getName)
                .forEach(name ->
                        keys.add("bangwo8." + name.replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT)));
        return keys;
    }

    private static Set<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
