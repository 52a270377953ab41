package io.bangwo8stream.scan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.api.ApiRequest;
import io.bangwo8stream.api.ApiUnavailableException;
import io.bangwo8stream.api.SingleThreadedApiClient;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.kafka.EventStreamRegistry;
import io.bangwo8stream.label.LabelResolver;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.record.RecordTyper;
import io.bangwo8stream.schedule.ScanScheduleRegistry;
import io.bangwo8stream.source.SourceRegistry;
import io.bangwo8stream.trace.Traces;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;

/** Turns of the sources of one instance, against an API in memory with rows of several days and two rows per page. */
public final class TestScans {

    private static final int MOST_WINDOWS = 100;

    private final TestClock clock;
    private final ScanSteps steps;

    /** What becomes of a page. */
    public interface Publisher {
        void publish(FetchedPage page) throws InterruptedException;
    }

    /** The rows of a help desk, by id, which several instances share. */
    public static final class Api extends SingleThreadedApiClient {

        public final TreeMap<String, ObjectNode> rows = new TreeMap<>();
        public final List<String> requests = new ArrayList<>();
        public String failingDay = "";

        public void put(String id, LocalDate day, String note) {
            rows.put(id, TestSource.row(id, 5, note).put("csBTime", day + " 10:00:00"));
        }

        @Override
        public JsonNode get(ApiRequest request) {
            String from = request.query().get("starttime");
            String to = request.query().get("endtime");
            int page = Integer.parseInt(request.query().get("page"));
            int perPage = Integer.parseInt(request.query().get("per_page"));
            requests.add(from + ".." + to + " page " + page);
            if (!failingDay.isEmpty() && from.compareTo(failingDay) <= 0 && to.compareTo(failingDay) >= 0) {
                throw new ApiUnavailableException("500", request + " answered 500", null);
            }
            List<ObjectNode> all = rows.values().stream()
                    .filter(row -> from == null || isBetween(row, from, to))
                    .toList();
            int first = Math.min((page - 1) * perPage, all.size());
            int last = Math.min(first + perPage, all.size());
            ObjectNode response = LenientJson.object();
            all.subList(first, last).forEach(response.putArray("remoterecords")::add);
            response.put("count", all.size());
            return response.put("next_page", last < all.size() ? "https://www.bangwo8.com/?page=" + (page + 1) : null);
        }

        private static boolean isBetween(ObjectNode row, String from, String to) {
            String day = row.path("csBTime").asText().substring(0, 10);
            return day.compareTo(from) >= 0 && day.compareTo(to) <= 0;
        }
    }

    public TestScans(
            Api api,
            SourceRegistry sources,
            EventStreamRegistry streams,
            ScanScheduleRegistry schedules,
            LostStates lost,
            Settings settings,
            TestClock clock) {
        this.clock = clock;
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        LabelResolver labels =
                new LabelResolver(api, sources, stream -> streams.of(stream).labels(), settings, clock, meters);
        ScanMonitor monitor = new ScanMonitor(meters, clock, Traces.OFF);
        steps = new ScanSteps(
                sources,
                streams,
                new PageSequenceFactory(
                        null,
                        streams,
                        api,
                        settings,
                        labels,
                        new RecordTyper(settings.zone()),
                        new SchemaDrift(meters)),
                schedules,
                new ScanCompletion(streams, schedules, labels, new NoMissingRecords(), monitor, clock.watch()),
                monitor,
                stream -> true,
                lost,
                clock.watch(),
                settings);
    }

    /** Runs a turn of a source; 30 seconds later the next one may follow. */
    public Scan turn(String source, Publisher publisher) throws InterruptedException {
        return turn(source, publisher, Integer.MAX_VALUE);
    }

    /** The same of an instance that is killed after some pages: nothing ends the turn. */
    public Scan turn(String source, Publisher publisher, int pages) throws InterruptedException {
        Scan scan = steps.begin(source);
        int published = 0;
        for (int windows = 0; steps.nextWindow(scan); windows++) {
            if (windows > MOST_WINDOWS) {
                throw new AssertionError("the turn does not end: " + scan.window() + " " + scan.mode());
            }
            for (Iterator<FetchedPage> left = scan.pages(); left.hasNext(); ) {
                FetchedPage page = left.next();
                publisher.publish(page);
                published += page.records().isEmpty() ? 0 : 1;
                if (published == pages) {
                    return scan;
                }
            }
        }
        steps.end(scan);
        clock.advance(Duration.ofSeconds(30));
        return scan;
    }
}
