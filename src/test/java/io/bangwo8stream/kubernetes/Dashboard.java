package io.bangwo8stream.kubernetes;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** Makes the JSON of a Grafana dashboard from rows of panels, four panels to a line. */
final class Dashboard {

    /** Grafana's grid. */
    private static final int COLUMNS = 24;

    private static final int WIDTH = 6;
    private static final int HEIGHT = 8;

    private final ArrayNode panels = JsonNodeFactory.instance.arrayNode();
    private int line;

    private Dashboard() {}

    static String json(JsonNode source) throws IOException {
        Dashboard dashboard = new Dashboard();
        source.path("rows").forEach(dashboard::addRow);
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("title", source.path("title").asText()).put("uid", "bangwo8-stream");
        root.put("schemaVersion", 39).put("refresh", "1m");
        root.putObject("time").put("from", "now-6h").put("to", "now");
        root.putObject("templating")
                .putArray("list")
                .addObject()
                .put("name", "datasource")
                .put("type", "datasource")
                .put("query", "prometheus");
        root.set("panels", dashboard.panels);
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
        return new ObjectMapper().writer(printer).writeValueAsString(root) + "\n";
    }

    private void addRow(JsonNode row) {
        ObjectNode title = panels.addObject();
        title.put("id", panels.size())
                .put("type", "row")
                .put("title", row.path("title").asText());
        place(title, 0, COLUMNS, 1);
        line++;
        int column = 0;
        for (JsonNode panel : row.path("panels")) {
            if (column == COLUMNS) {
                column = 0;
                line += HEIGHT;
            }
            addPanel(panel, column);
            column += WIDTH;
        }
        line += HEIGHT;
    }

    private void addPanel(JsonNode source, int column) {
        ObjectNode panel = panels.addObject();
        panel.put("id", panels.size()).put("type", "timeseries");
        panel.put("title", source.path("title").asText());
        panel.putObject("datasource").put("type", "prometheus").put("uid", "${datasource}");
        panel.putObject("fieldConfig")
                .putObject("defaults")
                .put("unit", source.path("unit").asText());
        panel.putArray("targets")
                .addObject()
                .put("refId", "A")
                .put("expr", source.path("expr").asText())
                .put("legendFormat", source.path("legend").asText());
        place(panel, column, WIDTH, HEIGHT);
    }

    private void place(ObjectNode panel, int column, int width, int height) {
        panel.putObject("gridPos")
                .put("x", column)
                .put("y", line)
                .put("w", width)
                .put("h", height);
    }
}
