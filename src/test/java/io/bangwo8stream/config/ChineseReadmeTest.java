package io.bangwo8stream.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Compares README.zh-CN.md with README.md: everything that a translation keeps as it is. */
class ChineseReadmeTest {

    private static final Pattern HEADING = Pattern.compile("^(#+) .*");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern LEVEL = Pattern.compile("\\| (DEBUG|INFO|WARN|ERROR) \\|");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)]+)\\)");
    private static final Pattern CELL_BORDER = Pattern.compile("(?<!\\\\)\\|");

    private static Document english;
    private static Document chinese;

    @BeforeAll
    static void read() throws IOException {
        english = Document.read("README.md");
        chinese = Document.read("README.zh-CN.md");
    }

    @Test
    void bothLanguagesLinkToEachOtherBelowTheTitle() {
        assertThat(english.prose().get(2)).endsWith("](README.zh-CN.md)");
        assertThat(chinese.prose().get(2)).endsWith("](README.md)");
    }

    @Test
    void bothLanguagesHaveTheSameHeadingLevelsInOrder() {
        assertThat(english.headingLevels()).contains("#", "##", "###");
        assertThat(chinese.headingLevels()).isEqualTo(english.headingLevels());
    }

    @Test
    void bothLanguagesHaveTablesOfTheSameShape() {
        assertThat(english.tables()).isNotEmpty();
        assertThat(shapes(chinese)).containsExactlyElementsOf(shapes(english));
    }

    /** The first column holds what a row is about, such as a setting or a log event; its names have an order. */
    @Test
    void tableRowsOfBothLanguagesAreAboutTheSameNames() {
        assertThat(firstCells(english)).anyMatch(cell -> cell.endsWith("[bangwo8.base-url]"));
        assertThat(firstCells(chinese)).containsExactlyElementsOf(firstCells(english));
    }

    /** Covers the defaults of settings too. The order of words in a cell, and so of its code, may differ. */
    @Test
    void tableCellsOfBothLanguagesContainTheSameCode() {
        assertThat(cellCode(english)).anyMatch(cell -> cell.endsWith("[https://www.bangwo8.com]"));
        assertThat(cellCode(chinese)).containsExactlyElementsOf(cellCode(english));
    }

    @Test
    void logEventsOfBothLanguagesHaveTheSameLevels() {
        assertThat(levels(english)).contains("DEBUG", "INFO", "WARN", "ERROR");
        assertThat(levels(chinese)).containsExactlyElementsOf(levels(english));
    }

    @Test
    void sectionsOfBothLanguagesMentionTheSameCode() {
        assertThat(sectionCode(english)).anyMatch(code -> code.endsWith(" isolation.level=read_committed"));
        assertThat(sectionCode(chinese)).containsExactlyElementsOf(sectionCode(english));
    }

    /** Comments at the end of a line in a shell block are translated. */
    @Test
    void bothLanguagesHaveTheSameCodeBlocks() {
        assertThat(english.blocks()).anyMatch(block -> block.startsWith("```yaml"));
        assertThat(chinese.blocks()).containsExactlyElementsOf(english.blocks());
    }

    @Test
    void bothLanguagesLinkToTheSameTargets() {
        assertThat(english.linkTargets()).contains("LICENSE");
        assertThat(chinese.linkTargets()).isEqualTo(english.linkTargets());
    }

    private static List<String> shapes(Document document) {
        List<String> shapes = new ArrayList<>();
        for (List<List<String>> table : document.tables()) {
            shapes.add(table.stream().map(List::size).toList().toString());
        }
        return shapes;
    }

    private static List<String> firstCells(Document document) {
        List<String> cells = new ArrayList<>();
        for (int table = 0; table < document.tables().size(); table++) {
            for (List<String> row : document.tables().get(table)) {
                cells.add("table " + (table + 1) + ": " + matches(CODE, row.get(0)));
            }
        }
        return cells;
    }

    private static List<String> cellCode(Document document) {
        List<String> cells = new ArrayList<>();
        for (List<List<String>> table : document.tables()) {
            for (List<String> row : table) {
                for (int column = 0; column < row.size(); column++) {
                    List<String> code =
                            matches(CODE, row.get(column)).stream().sorted().toList();
                    cells.add(matches(CODE, row.get(0)) + ", column " + (column + 1) + ": " + code);
                }
            }
        }
        return cells;
    }

    private static List<String> levels(Document document) {
        return matches(LEVEL, String.join("\n", document.prose()));
    }

    private static List<String> sectionCode(Document document) {
        List<String> code = new ArrayList<>();
        List<String> sections = document.sections();
        for (int section = 0; section < sections.size(); section++) {
            for (String span : new TreeSet<>(matches(CODE, sections.get(section)))) {
                code.add("section " + section + ": " + span);
            }
        }
        return code;
    }

    private static List<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    /**
     * A Markdown file.
     *
     * @param prose  lines outside of code blocks
     * @param blocks code blocks: the fence with its language, and the lines, without comments at the end of shell lines
     */
    private record Document(List<String> prose, List<String> blocks) {

        static Document read(String file) throws IOException {
            List<String> prose = new ArrayList<>();
            List<String> blocks = new ArrayList<>();
            List<String> block = null;
            for (String line : Files.readAllLines(Path.of(file))) {
                boolean fence = line.startsWith("```");
                if (block == null && !fence) {
                    prose.add(line);
                } else if (block == null) {
                    block = new ArrayList<>(List.of(line));
                } else if (fence) {
                    blocks.add(String.join("\n", block));
                    block = null;
                } else {
                    block.add(block.get(0).equals("```sh") ? line.replaceFirst("\\s+# .*$", "") : line);
                }
            }
            assertThat(block).as("code block of %s that does not end", file).isNull();
            return new Document(prose, blocks);
        }

        List<String> headingLevels() {
            return prose.stream()
                    .flatMap(line -> matches(HEADING, line).stream())
                    .toList();
        }

        List<String> sections() {
            return List.of(String.join("\n", prose).split("(?m)^#+ "));
        }

        /** Tables, of rows, of cells; the row of dashes is a row. */
        List<List<List<String>>> tables() {
            List<List<List<String>>> tables = new ArrayList<>();
            boolean inTable = false;
            for (String line : prose) {
                boolean row = line.startsWith("|");
                if (row && !inTable) {
                    tables.add(new ArrayList<>());
                }
                if (row) {
                    tables.get(tables.size() - 1).add(cells(line));
                }
                inTable = row;
            }
            return tables;
        }

        TreeSet<String> linkTargets() {
            TreeSet<String> targets = new TreeSet<>(matches(LINK, String.join("\n", prose)));
            targets.removeAll(List.of("README.md", "README.zh-CN.md"));
            return targets;
        }

        private static List<String> cells(String row) {
            return List.of(CELL_BORDER.split(row.strip().replaceAll("^\\||\\|$", ""), -1));
        }
    }
}
