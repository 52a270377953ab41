package io.bangwo8stream.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MeterDescriptionsTest {

    private static final Pattern METER = Pattern.compile("\"(bangwo8\\.[a-z.-]+)\"");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(bangwo8_\\w+)");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void addsADescriptionAndKeepsNameAndTags() {
        meters.config().meterFilter(new MeterDescriptions().descriptions());

        var meter = meters.counter("bangwo8.records", "source", "calls").getId();

        assertThat(meter.getDescription()).isEqualTo("Records by source and outcome");
        assertThat(meter.getTag("source")).isEqualTo("calls");
        assertThat(meters.counter("other").getId().getDescription()).isNull();
    }

    /** Metrics of what seldom happens are not exported by every test. */
    @Test
    void describesEveryMeterOfTheSourcesThatTheReadmeLists() throws IOException {
        meters.config().meterFilter(new MeterDescriptions().descriptions());
        String sources = allSources();
        for (String row : ROW.matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new))) {
            String name = METER.matcher(sources)
                    .results()
                    .map(meter -> meter.group(1))
                    .filter(meter -> row.matches(meter.replaceAll("[.-]", "_") + "(_total|_seconds|)"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no meter is exported as " + row));
            boolean described = sources.contains("\"" + name + "\")\n                .description(")
                    || meters.counter(name).getId().getDescription() != null;
            assertThat(described).as(name).isTrue();
        }
    }

    private static String allSources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> !path.endsWith("MeterDescriptions.java"))
                    .toList()) {
                all.append(Files.readString(file, StandardCharsets.UTF_8));
            }
            return all.toString();
        }
    }
}
