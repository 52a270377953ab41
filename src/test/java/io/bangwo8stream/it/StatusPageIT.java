package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests the page of the management port: it shows what stands in {@code bangwo8.status}. */
class StatusPageIT {

    private static final Pattern DAY = Pattern.compile("<span class=\"(\\w+)\" title=\"([0-9-]+)\"");

    private static TestTenant tenant;
    private static Product product;

    @BeforeAll
    static void start() {
        tenant = TestTenant.of(StatusPageIT.class);
        tenant.desk().add(tenant.oldRecord(1));
        product = tenant.startPolling();
        product.awaitLine(0, "scanned source=remote-records");
    }

    @AfterAll
    static void stop() {
        tenant.close();
    }

    @Test
    void needsNoScriptAndNoOtherResource() {
        HttpResponse<String> page = product.management("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'");
        assertThat(page.body()).contains("http-equiv=\"refresh\"").doesNotContain("<script", "src=", "href=", "url(");
    }

    @Test
    void speaksChineseAndEnglish() {
        assertThat(product.management("/", "zh-CN,en;q=0.5").body())
                .contains("lang=\"zh\"", "需要处理", "完整至", "上次扫描", "下次扫描");
        assertThat(product.management("/", "en,zh;q=0.5").body())
                .contains("lang=\"en\"", "Needs attention", "Complete up to", "Last scan", "Next scan");
    }

    @Test
    void servesTheSchemaThatAnEventNames() throws Exception {
        String name = tenant.events().get(0).headers().get("ce_dataschema").replaceAll(".*:schema:(.*):1", "$1");

        HttpResponse<String> schema = product.management("/schemas/" + name + ".json");

        assertThat(schema.statusCode()).isEqualTo(200);
        assertThat(schema.body()).isEqualTo(Files.readString(Path.of("src/main/resources/schemas", name + ".json")));
        assertThat(product.management("/schemas/no-such.json").statusCode()).isEqualTo(404);
    }

    @Test
    void showsInABrowserWhatStandsInTheTopicOfTheStatus() throws Exception {
        assumeThat(Browser.isInstalled())
                .as("Debian's package chromium is not installed")
                .isTrue();

        String document = Browser.document(product.managementUrl() + "/", "en");

        JsonNode source = tenant.status("remote-records");
        assertThat(row(document, "source-remote-records"))
                .startsWith("remote-records", source.path("leader").asText())
                .contains(
                        source.path("records").asText(),
                        source.path("deadLetters").asText());
        assertThat(String.join(" ", row(document, "scans-remote-records")))
                .matches("Last scan [0-9-]+ [0-9:]+Next scan[0-9-]+ [0-9:]+");
        List<MatchResult> days = DAY.matcher(document).results().toList();
        assertThat(days).hasSizeGreaterThan(5);
        assertThat(days.get(0).group(2)).isEqualTo(source.path("firstDay").asText());
        assertThat(days).allSatisfy(day -> assertThat(day.group(1)).isEqualTo("complete"));
        assertThat(document)
                .contains(tenant.status("instances/" + source.path("leader").asText())
                        .path("routes")
                        .asText());

        for (boolean dark : new boolean[] {false, true}) {
            Path picture = Path.of("target", "status-page-" + (dark ? "dark" : "light") + ".png");
            Browser.screenshot(product.managementUrl() + "/", dark, picture);
            assertThat(Files.size(picture)).isPositive();
        }
    }

    /** The texts of the cells of a row. */
    private static List<String> row(String document, String id) {
        String row = document.substring(document.indexOf("id=\"" + id + "\""));
        return Pattern.compile("<td[^>]*>(.*?)</td>")
                .matcher(row.substring(0, row.indexOf("</tr>")))
                .results()
                .map(cell -> cell.group(1).replaceAll("<[^>]*>", ""))
                .toList();
    }
}
