package io.bangwo8stream.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.bangwo8stream.standin.Json;
import io.bangwo8stream.standin.VendorTime;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Formats an event as one line: time, change, kind of record, key, and a short Chinese description. */
final class EventLine {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(VendorTime.ZONE);
    private static final String TYPE_PREFIX = "bangwo8.";
    private static final String DASH = "-";
    private static final Map<String, String> SUMMARY =
            Map.of("filled", "总结已填写", "not_filled", "总结未填写", "no_template", "无总结模板");

    private EventLine() {}

    /** The line of an event or a dead letter; a missing field shows as a dash. */
    static String of(ConsumerRecord<String, byte[]> event) {
        JsonNode value = event.value() == null
                ? MissingNode.getInstance()
                : Json.read(new String(event.value(), StandardCharsets.UTF_8));
        return event.topic().endsWith("dead-letters") ? deadLetter(event, value) : change(event, value);
    }

    private static String change(ConsumerRecord<String, byte[]> event, JsonNode value) {
        String type = header(event, "ce_type").replace(TYPE_PREFIX, "");
        int dot = type.lastIndexOf('.');
        String kind = dot < 0 ? type : type.substring(0, dot);
        String description = switch (kind) {
            case "remote-record" -> remoteRecord(value);
            case "ticket" -> ticket(value);
            case "ticket-view" -> view(value);
            default -> DASH;
        };
        return String.join("  ", time(event), type.substring(dot + 1), kind, orDash(event.key()), description);
    }

    private static String remoteRecord(JsonNode value) {
        return String.join(
                " | ",
                text(value.at("/record/companyName")),
                text(value.at("/labels/csStat")),
                "聊天 " + value.path("chatRecords").size() + " 条",
                SUMMARY.getOrDefault(value.at("/serviceSummary/status").asText(), DASH));
    }

    private static String ticket(JsonNode value) {
        return String.join(
                " | ",
                text(value.at("/record/subject")),
                text(value.at("/labels/ticketStatus")),
                "视图 " + value.path("views").toString().replaceAll("[\\[\\]\"]", ""));
    }

    private static String view(JsonNode value) {
        return String.join(
                " | ",
                text(value.at("/record/title")),
                text(value.at("/labels/active")),
                "工单 " + text(value.at("/ticket_count")) + " 张");
    }

    private static String deadLetter(ConsumerRecord<String, byte[]> event, JsonNode value) {
        return String.join(
                "  ",
                time(event),
                "dead-letter",
                text(value.path("source")),
                text(value.path("id")),
                text(value.path("reason")) + " | " + text(value.path("error")));
    }

    private static String time(ConsumerRecord<String, byte[]> event) {
        try {
            return TIME.format(Instant.parse(header(event, "ce_time")));
        } catch (DateTimeParseException e) {
            return TIME.format(Instant.ofEpochMilli(event.timestamp()));
        }
    }

    private static String header(ConsumerRecord<String, byte[]> event, String name) {
        Header header = event.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static String text(JsonNode node) {
        return orDash(node.isNull() ? "" : node.asText("").replaceAll("\\s+", " "));
    }

    private static String orDash(String text) {
        return text == null || text.isBlank() ? DASH : text;
    }
}
