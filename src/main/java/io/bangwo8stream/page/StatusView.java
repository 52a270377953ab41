package io.bangwo8stream.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.command.Attention;
import io.bangwo8stream.command.StatusText;
import io.bangwo8stream.text.SafeText;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the page shows. The template reads it by reflection, because it is not public.
 *
 * @param language  of the page, for the browser
 * @param time      when it was made, in the vendor's zone
 * @param problem   why the status cannot be read, or {@code null}
 */
@RegisterForReflection
record StatusView(
        String tenant,
        String language,
        String time,
        String problem,
        List<Source> sources,
        List<Instance> instances,
        List<Note> notes) {

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    /** A row of the table of sources; texts are empty where nothing is known. */
    record Source(
            String name,
            String leader,
            String mode,
            String window,
            String completeUpTo,
            String age,
            String lastScan,
            String nextScan,
            String records,
            String deferred,
            String deadLetters,
            String daysLeft,
            String requests,
            List<Cell> days) {}

    /** One day of a strip. */
    record Cell(String date, String state) {}

    /** A row of the table of instances. */
    record Instance(String member, String version, String routes, String leads, String age) {}

    /** A finding in the language of the page. */
    record Note(String subject, String text) {}

    /** @param zone of the vendor, in which the page states times */
    static StatusView of(
            Map<String, JsonNode> statuses, String tenant, Instant now, ZoneId zone, boolean chinese, String problem) {
        List<Source> sources = new ArrayList<>();
        List<Instance> instances = new ArrayList<>();
        statuses.forEach((name, status) -> {
            if (name.startsWith(StatusText.INSTANCES)) {
                instances.add(instance(status, now));
            } else if (!name.contains("/")) {
                sources.add(source(status, now, zone));
            }
        });
        List<Note> notes = Attention.of(statuses).stream()
                .map(finding -> new Note(finding.subject(), chinese ? finding.chinese() : finding.english()))
                .toList();
        return new StatusView(
                tenant, chinese ? "zh" : "en", SECONDS.format(now.atZone(zone)), problem, sources, instances, notes);
    }

    private static Source source(JsonNode status, Instant now, ZoneId zone) {
        return new Source(
                StatusText.of(status, "source"),
                StatusText.of(status, "leader"),
                StatusText.of(status, "mode"),
                StatusText.of(status, "window"),
                time(status, "completeUpTo", zone),
                StatusText.age(status, "completeUpTo", now),
                time(status, "lastScan", zone),
                time(status, "nextScan", zone),
                StatusText.of(status, "records"),
                StatusText.of(status, "deferred"),
                StatusText.of(status, "deadLetters"),
                StatusText.of(status, "daysLeft"),
                StatusText.requests(status),
                new DayStrip(status, zone)
                        .days(now).stream()
                                .map(day -> new Cell(
                                        day.date().toString(),
                                        day.state().name().toLowerCase(Locale.ROOT)))
                                .toList());
    }

    private static Instance instance(JsonNode status, Instant now) {
        List<String> leads = new ArrayList<>();
        status.path("leads").forEach(stream -> leads.add(SafeText.of(stream.asText())));
        return new Instance(
                StatusText.of(status, "member"),
                StatusText.of(status, "version"),
                StatusText.of(status, "routes"),
                String.join(", ", leads),
                StatusText.age(status, "writtenAt", now));
    }

    private static String time(JsonNode status, String member, ZoneId zone) {
        try {
            return SECONDS.format(Instant.parse(status.path(member).asText()).atZone(zone));
        } catch (DateTimeException none) {
            return "";
        }
    }
}
