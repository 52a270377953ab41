package io.bangwo8stream.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.text.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What needs attention at one source or instance, and what to do.
 *
 * @param subject name of the source, or the member of the instance
 * @param detail  a time, a number, days or a reason
 */
public record Attention(String subject, Kind kind, String detail) {

    /** Kinds of findings, with their texts in English and in Chinese; each takes the detail and the subject. */
    public enum Kind {
        PAUSED("paused since %1$s; resume --source %2$s ends that", "自 %1$s 起暂停；运行 resume --source %2$s 恢复"),
        TOPIC_EMPTY(
                "the topic was empty at %1$s although records were published, and lacks what has not changed since; run"
                        + " republish --source %2$s --all",
                "事件主题在 %1$s 为空，但其记录已发布过；此后未变化的记录不在该主题中，请运行 republish --source %2$s --all"),
        HELD_DELETIONS(
                "%1$s deletions are held back; if the records are gone, run confirm-deletions --source %2$s",
                "暂不发布 %1$s 条删除事件；若这些记录确已删除，请运行 confirm-deletions --source %2$s"),
        INCOMPLETE_DAYS(
                "incomplete days %1$s; they are scanned again, and the log names the reason under scan-incomplete",
                "未扫描完整的日期 %1$s；将再次扫描，原因见日志 scan-incomplete"),
        DEAD_LETTERS(
                "%1$s records are dead-lettered; the topic of the dead letters names the reasons, and redrive --source"
                        + " %2$s tries them again at once",
                "%1$s 条记录在死信主题中，原因见该主题；运行 redrive --source %2$s 立即重试"),
        FAILED("%1$s", "%1$s"),
        ROUTES_REJECTED(
                "the present route files are rejected, and the former routes run: %1$s", "当前的路由文件被拒绝，仍运行原来的路由：%1$s"),
        SOURCES_STOPPED(
                "sources do not run, because a change of the routes could not be undone: %1$s",
                "有来源没有运行，因为对路由的修改未能撤销：%1$s");

        private final String english;
        private final String chinese;

        Kind(String english, String chinese) {
            this.english = english;
            this.chinese = chinese;
        }
    }

    /** The findings of all sources and instances among the statuses, in their order. */
    public static List<Attention> of(Map<String, JsonNode> statuses) {
        List<Attention> findings = new ArrayList<>();
        statuses.forEach((name, status) -> {
            if (name.startsWith(StatusText.INSTANCES)) {
                String member = name.substring(StatusText.INSTANCES.length());
                boolean stopped = !status.path("stoppedSources").isEmpty();
                add(
                        findings,
                        member,
                        stopped ? Kind.SOURCES_STOPPED : Kind.ROUTES_REJECTED,
                        status.path("routesProblem").asText());
            } else if (!name.contains("/")) {
                addTo(findings, name, status);
            }
        });
        return findings;
    }

    private static void addTo(List<Attention> findings, String source, JsonNode status) {
        add(findings, source, Kind.PAUSED, status.path("pausedSince").asText());
        add(findings, source, Kind.TOPIC_EMPTY, status.path("topicEmptySince").asText());
        add(findings, source, Kind.HELD_DELETIONS, status.path("heldDeletions").asText());
        add(
                findings,
                source,
                Kind.INCOMPLETE_DAYS,
                StreamSupport.stream(status.path("incompleteDays").spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(", ")));
        long deadLetters = status.path("deadLetters").asLong();
        add(findings, source, Kind.DEAD_LETTERS, deadLetters > 0 ? Long.toString(deadLetters) : "");
        add(findings, source, Kind.FAILED, status.path("failure").asText());
    }

    private static void add(List<Attention> findings, String subject, Kind kind, String detail) {
        if (!detail.isEmpty()) {
            // Whoever may write the topic must not control the terminal.
            findings.add(new Attention(SafeText.of(subject), kind, SafeText.of(detail)));
        }
    }

    public String english() {
        return String.format(kind.english, detail, subject);
    }

    public String chinese() {
        return String.format(kind.chinese, detail, subject);
    }
}
