package io.bangwo8stream.scan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.change.DaySet;
import io.bangwo8stream.config.TestSettings;
import io.bangwo8stream.kafka.OptionLabels;
import io.bangwo8stream.label.LabelResolver;
import io.bangwo8stream.record.FieldTable;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.record.RecordTyper;
import io.bangwo8stream.schedule.ScanMode;
import io.bangwo8stream.schedule.ScanSchedule;
import io.bangwo8stream.source.DateRange;
import io.bangwo8stream.source.Source;
import io.bangwo8stream.source.SourceParser;
import io.bangwo8stream.time.MonotonicTime;
import io.bangwo8stream.trace.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The source of remote-assistance records, and records of this source. */
public final class TestSource {

    public static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private TestSource() {}

    public static Source remoteRecords() {
        return with();
    }

    /** The source, with these parameters changed. */
    public static Source with(String... keysAndValues) {
        return SourceParser.read(parameters(keysAndValues), FieldTable::bundled);
    }

    static Map<String, String> parameters(String... keysAndValues) {
        Map<String, String> parameters = new HashMap<>(Map.of(
                "source",
                "remote-records",
                "stream",
                "remote-records",
                "topic",
                "bangwo8.remote-records",
                "type",
                "bangwo8.remote-record",
                "schema",
                "remote-record",
                "path",
                "/remoterecord/histories.json",
                "window",
                "starttime,endtime",
                "recordsPath",
                "remoterecords",
                "idField",
                "csId",
                "fields",
                "remote-record"));
        parameters.putAll(Map.of(
                "created",
                "csBTime",
                "ended",
                "csETime",
                "closed",
                "csStat=0,5",
                "joinRoute",
                "direct:join-remote-record"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            parameters.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return parameters;
    }

    public static ObjectNode row(Object id, int status, String note) {
        ObjectNode row = LenientJson.object();
        row.put("csId", String.valueOf(id)).put("csBTime", "2026-1-30 10:00:00").put("csStat", status);
        return row.put("csETime", status == 5 ? "2026-1-30 11:00:00" : "").put("note", note);
    }

    /** The record of a row that a recent scan or a sweep has fetched; its parts are not joined yet. */
    public static FetchedRecord fetched(ObjectNode row) {
        return read(row, false);
    }

    /** The same record, seen in the list {@code name}. */
    public static FetchedRecord seenIn(String name, FetchedRecord record) {
        record.listedIn(name);
        return record;
    }

    /** The record of a row that a backfill has fetched; its parts are not joined yet. */
    public static FetchedRecord fetchedByBackfill(ObjectNode row) {
        return read(row, true);
    }

    private static FetchedRecord read(ObjectNode row, boolean lowPriority) {
        return reader(lowPriority).read(row);
    }

    /** What reads the rows of a list. */
    static RowReader reader(boolean lowPriority) {
        return new RowReader(
                remoteRecords(),
                new RecordTyper(SHANGHAI),
                withoutLabels(),
                new SchemaDrift(new SimpleMeterRegistry()),
                Optional.empty(),
                false,
                lowPriority);
    }

    /** Labels for sources without option ids. */
    static LabelResolver withoutLabels() {
        return labels(new OptionLabels("t1", "remote-records"));
    }

    /** Labels that are known, and never requested. */
    static LabelResolver labels(OptionLabels known) {
        return new LabelResolver(
                null, null, stream -> known, TestSettings.of(), () -> Duration.ZERO, new SimpleMeterRegistry());
    }

    /** A sweep of {@code source} on 31 January 2026, before its first page. */
    public static Scan scan(Source source, String... settings) {
        TestClock clock = new TestClock("2026-01-31T04:00:00Z");
        ScanSchedule schedule = new ScanSchedule(source, TestSettings.of(settings), clock.watch());
        Scan scan = new Scan(
                source, schedule, clock.now(), Duration.ofSeconds(60), Set.of(source.name()), any -> Optional.empty());
        ScanSchedule.Due due = schedule.next(DaySet.EMPTY, List::of).orElseThrow();
        scan.start(List.of(new ListPages(scan, due, 1, "", null, null, 0, null, () -> true, new SeenRecords())));
        return scan;
    }

    /** A scan of the newest two days of {@code source} on 31 January 2026, before its first page. */
    public static Scan scanOfTheNewestDays(Source source) {
        Scan scan = scan(source);
        LocalDate today = LocalDate.of(2026, 1, 31);
        ScanSchedule.Due due = new ScanSchedule.Due(ScanMode.RECENT, new DateRange(today.minusDays(1), today), today);
        scan.start(List.of(new ListPages(scan, due, 1, "", null, null, 0, null, () -> true, new SeenRecords())));
        return scan;
    }

    /** A turn that ended before its first window, because another instance leads the stream. */
    public static Scan scanWithoutLeadership(Source source) {
        TestClock clock = new TestClock("2026-01-31T04:00:00Z");
        Scan scan = new Scan(
                source,
                new ScanSchedule(source, TestSettings.of(), clock.watch()),
                clock.now(),
                Duration.ofSeconds(60),
                Set.of(source.name()),
                any -> Optional.empty());
        scan.loseLeadership();
        return scan;
    }

    /** Ends the current window of {@code scan} without its late records. */
    public static void deferLateRecords(Scan scan) {
        scan.deferLateRecords();
    }

    /** Reports that {@code scan} has ended. */
    public static void end(ScanMonitor monitor, Scan scan) {
        monitor.ended(scan);
    }

    /** Reports that {@code scan} is due, and waits for its stream. */
    public static void await(ScanMonitor monitor, Scan scan) {
        monitor.due(scan);
    }

    /** Reports that {@code scan} has begun, and its first window. */
    public static void begin(ScanMonitor monitor, Scan scan) {
        monitor.started(scan);
        monitor.windowStarted(scan);
    }

    /** Reports that all lists of the current window were scanned. */
    public static void endWindow(ScanMonitor monitor, Scan scan) {
        monitor.windowEnded(scan);
    }

    /** Reports that the current window cannot be scanned completely. */
    public static void failWindow(ScanMonitor monitor, Scan scan, String reason) {
        scan.failList(reason);
        monitor.windowEnded(scan);
    }

    /** A monitor whose monotonic time is that of {@code clock}. */
    public static ScanMonitor monitor(MeterRegistry meters, MonotonicTime clock) {
        return new ScanMonitor(meters, clock, Traces.OFF);
    }
}
