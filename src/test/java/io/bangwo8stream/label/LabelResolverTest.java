package io.bangwo8stream.label;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.api.ApiClient;
import io.bangwo8stream.api.ApiException;
import io.bangwo8stream.api.ApiRejectedException;
import io.bangwo8stream.api.ApiRequest;
import io.bangwo8stream.api.ApiUnavailableException;
import io.bangwo8stream.api.Page;
import io.bangwo8stream.config.TestSettings;
import io.bangwo8stream.kafka.OptionLabels;
import io.bangwo8stream.record.FieldTable;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.record.RecordTyper;
import io.bangwo8stream.record.TypedRecord;
import io.bangwo8stream.scan.TestClock;
import io.bangwo8stream.scan.TestSource;
import io.bangwo8stream.source.Source;
import io.bangwo8stream.source.SourceRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class LabelResolverTest {

    private static final ApiRequest IDS = new ApiRequest("/v1.json", "/v1.json", Map.of());
    private static final String PER_PAGE = "100";
    private static final ApiRequest LABELS = new ApiRequest("/v2.json", "/v2.json", Map.of());
    private static final Duration POLL = Duration.ofSeconds(30);
    private static final Duration SWEEP = Duration.ofMinutes(15);

    private final Source source = TestSource.with("labelFields", "ptId", "labelsPath", "/v2.json");
    private final TestClock clock = new TestClock("2026-01-31T04:00:00Z");
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final OptionLabels stored = new OptionLabels("t1", "remote-records");
    private final ObjectNode idList = LenientJson.object();
    private final ObjectNode labelList = LenientJson.object();
    private final Deque<ApiException> failures = new ArrayDeque<>();
    private int requests;
    private final Source sibling = TestSource.with("source", "agent-records", "labelFields", "ptId");
    private final SourceRegistry sources = new SourceRegistry(null, null, TestSettings.of()) {
        @Override
        public Set<String> on() {
            return Set.of("remote-records", "agent-records");
        }

        @Override
        public Source get(String name) {
            return name.equals("agent-records") ? sibling : source;
        }
    };
    private final ApiClient api = new ApiClient() {
        @Override
        public JsonNode get(ApiRequest request) {
            if (request.path().equals("/v1.json")) {
                return idList;
            }
            if (!request.query().get("per_page").equals(PER_PAGE)) {
                return part(request);
            }
            requests++;
            if (!failures.isEmpty()) {
                throw failures.remove();
            }
            return labelList;
        }
    };
    private LabelResolver labels = process();
    /** The records whose rows the API cannot send; all of them while the list fails as a whole. */
    private Predicate<Integer> bad = id -> true;

    private JsonNode part(ApiRequest request) {
        int size = Integer.parseInt(request.query().get("per_page"));
        int from = (Integer.parseInt(request.query().get("page")) - 1) * size;
        ObjectNode part = LenientJson.object();
        part.putArray("remoterecords");
        for (JsonNode row : labelList.path("remoterecords")) {
            int id = row.path("csId").asInt();
            if (id > from && id <= from + size) {
                if (bad.test(id)) {
                    throw failure();
                }
                part.withArray("remoterecords").add(row);
            }
        }
        if (part.path("remoterecords").isEmpty() && bad.test(0)) {
            throw failure();
        }
        return part.put("count", labelList.path("remoterecords").size());
    }

    /** The resolver of a process that starts now. */
    private LabelResolver process() {
        return new LabelResolver(
                api, sources, stream -> stored, TestSettings.of("bangwo8.sweep-interval", "15m"), clock, meters);
    }

    @Test
    void requestsAMissingLabelAgainAfterASweepInterval() {
        rows(labelList, "");
        learn("221");
        clock.advance(Duration.ofMinutes(15).minusMillis(1));
        learn("221");
        assertThat(requests).isOne();
        assertThat(label("221")).isNull();

        rows(labelList, "网络");
        clock.advance(Duration.ofMillis(1));
        learn("221");
        assertThat(requests).isEqualTo(2);
        assertThat(label("221")).isEqualTo("网络");
    }

    @Test
    void learnsAMissingLabelWhenAnotherLabelIsRequested() {
        rows(labelList, "");
        learn("221");
        rows(labelList, "网络", "软件");
        learn("221", "222");

        assertThat(label("221")).isEqualTo("网络");
        assertThat(label("222")).isEqualTo("软件");
    }

    @Test
    void learnsNoLabelFromContradictingPairsAndRequestsTheLabelAgain() {
        rows(labelList, "网络", "软件", "网络");
        learn("221", "221", "221");
        assertThat(label("221")).isNull();

        rows(labelList, "网络", "网络", "网络");
        learn("221", "221", "221");
        assertThat(label("221")).isEqualTo("网络");
    }

    @Test
    void awaitsAnUnknownLabelFromTheSourceOfTheStreamThatLearnsLabels() {
        assertThat(labels.isAwaited(sibling, row("221"))).isTrue();
        assertThat(labels.isAwaited(source, row("221")))
                .as("the source that learns labels itself")
                .isFalse();
        assertThat(labels.isAwaited(sibling, row("")))
                .as("a row without an option id")
                .isFalse();

        rows(labelList, "网络");
        learn("221");

        assertThat(labels.isAwaited(sibling, row("221"))).isFalse();
    }

    @Test
    void awaitsNoLabelFromASourceWhoseListIsRefused() {
        labels.refuse(source);
        assertThat(labels.isAwaited(sibling, row("221"))).isFalse();

        rows(labelList, "网络");
        learn("221");
        assertThat(labels.isAwaited(sibling, row("222")))
                .as("after the list responds again")
                .isTrue();
    }

    @Test
    void asksOnceMoreWhenTheListIsRefusedOutOfTurn() {
        rows(labelList, "网络");
        failures.add(refusal());
        learn("221");

        assertThat(requests).isEqualTo(2);
        assertThat(label("221")).isEqualTo("网络");
    }

    @Test
    void asksARefusedListAgainAfterGrowingPauses() {
        rows(labelList, "网络");
        failures.addAll(List.of(refusal(), refusal(), refusal(), refusal()));
        learn("221");
        assertThat(requests).as("the refusal and its confirmation").isEqualTo(2);
        assertThat(labels.isAwaited(source, row("221"))).isFalse();
        clock.advance(POLL.minusMillis(1));
        learn("221");
        assertThat(requests).isEqualTo(2);

        clock.advance(Duration.ofMillis(1));
        learn("221");
        assertThat(requests).as("one request").isEqualTo(3);
        clock.advance(POLL);
        learn("221");
        assertThat(requests).as("before twice the pause").isEqualTo(3);
        clock.advance(POLL);
        learn("221");
        clock.advance(POLL.multipliedBy(4));
        learn("221");

        assertThat(label("221")).isEqualTo("网络");
        assertThat(failures("refused")).isEqualTo(3);
    }

    @Test
    void asksARefusedListAtLeastOnceInEverySweepInterval() {
        rows(labelList, "网络");
        failures.add(refusal());
        for (int i = 0; i < 20; i++) {
            failures.add(refusal());
            learn("221");
            clock.advance(SWEEP);
        }
        int before = requests;
        learn("221");
        assertThat(requests).isEqualTo(before + 1);
        assertThat(label("221")).isEqualTo("网络");
    }

    @Test
    void keepsKnownLabelsInUseWhileTheListFails() {
        rows(labelList, "网络");
        learn("221");
        clock.advance(SWEEP);
        failures.add(failure());
        check("221");

        assertThat(label("221")).isEqualTo("网络");
        assertThat(labels.isAwaited(source, row("221"))).isFalse();
        assertThat(failures("unavailable")).isEqualTo(1);
        int before = requests;
        clock.advance(SWEEP.minusMillis(1));
        check("221");
        assertThat(requests)
                .as("a failed check is repeated with the next sweep")
                .isEqualTo(before);
        rows(labelList, "网络", "软件");
        learn("221", "222");
        assertThat(label("222")).as("an unknown label is requested at once").isEqualTo("软件");
    }

    @Test
    void awaitsUnknownLabelsWhileTheListFailsAndKeepsKnownOnes() {
        rows(labelList, "网络");
        learn("221");
        failures.add(failure());
        learn("221", "222");

        assertThat(label("221")).isEqualTo("网络");
        assertThat(labels.isAwaited(source, row("221"))).isFalse();
        assertThat(labels.isAwaited(source, row("222"))).isTrue();
    }

    @Test
    void learnsTheOtherLabelsOfAPageWithARowThatTheApiCannotSend() {
        bad = id -> id == 2;
        rows(labelList, "网络", "软件", "打印机");
        failures.add(failure());
        learn("221", "222", "223");

        assertThat(label("221")).isEqualTo("网络");
        assertThat(label("223")).isEqualTo("打印机");
        assertThat(label("222")).isNull();
        assertThat(labels.isAwaited(source, row("222")))
                .as("the record goes out without it")
                .isFalse();
        assertThat(failures("unreadable")).isOne();
        requests = 0;
        learn("221", "222", "223");
        assertThat(requests).as("requested again after a sweep interval").isZero();
    }

    @Test
    void measuresItsPausesWithMonotonicTime() {
        failures.add(failure());
        learn("221");
        clock.jump(Duration.ofDays(30));
        learn("221");
        assertThat(requests).as("the clock was set forward").isOne();

        rows(labelList, "网络");
        clock.jump(Duration.ofDays(-60));
        clock.advance(POLL);
        learn("221");
        assertThat(label("221")).as("the clock was set back").isEqualTo("网络");
    }

    @Test
    void knowsTheLabelsOfTheStateWithoutARequest() {
        stored.learn("ptId", "221", "网络");
        failures.addAll(List.of(refusal(), refusal()));
        check("221");

        assertThat(label("221")).isEqualTo("网络");
        requests = 0;
        learn("221");
        assertThat(requests).isZero();
    }

    @Test
    void noticesARenamedOptionInASweep() {
        rows(labelList, "网络");
        learn("221");
        rows(labelList, "网络故障");
        rows(idList, "221");
        clock.advance(SWEEP.minusMillis(1));
        check("221");
        assertThat(requests).as("the label was shown a moment ago").isOne();

        clock.advance(Duration.ofMillis(1));
        learn("221");
        assertThat(requests).as("no sweep").isOne();
        check("221");

        assertThat(label("221")).isEqualTo("网络故障");
        assertThat(stored.get("ptId", "221")).isEqualTo("网络故障");
    }

    @Test
    void noticesInItsFirstSweepThatAnOptionWasRenamedBeforeTheStart() {
        rows(labelList, "网络");
        learn("221");
        labels = process();
        rows(labelList, "网络故障");
        rows(idList, "221");
        check("221");
        check("221");

        assertThat(label("221")).isEqualTo("网络故障");
        assertThat(requests).isEqualTo(2);
    }

    @Test
    void takesNoRecordThatGotAnotherOptionForARenamedOption() {
        rows(labelList, "网络");
        learn("221");
        rows(labelList, "软件");
        rows(idList, "222");
        clock.advance(SWEEP);
        check("221");

        assertThat(label("221")).isEqualTo("网络");
        rows(labelList, "网络故障");
        rows(idList, "221");
        check("221");
        assertThat(label("221")).as("checked again with the next page").isEqualTo("网络故障");
    }

    @Test
    void keepsTheLabelOfAnOptionThatTheVendorHasDeleted() {
        rows(labelList, "网络");
        learn("221");
        rows(labelList, "");
        clock.advance(SWEEP);
        check("221");

        assertThat(label("221")).isEqualTo("网络");
    }

    @Test
    void learnsNoLabelThatIsTooLongForAState() {
        rows(labelList, "x".repeat(1_001), "y".repeat(1_000));
        learn("221", "222");

        assertThat(label("221")).isNull();
        assertThat(label("222")).hasSize(1_000);
    }

    private static ApiException refusal() {
        return new ApiRejectedException("403", "GET /v2.json answered 403");
    }

    private static ApiException failure() {
        return new ApiUnavailableException("500", "GET /v2.json answered 500", null);
    }

    private double failures(String reason) {
        return meters.get("bangwo8.labels.failures")
                .tag("source", "remote-records")
                .tag("reason", reason)
                .counter()
                .count();
    }

    private static ObjectNode row(String type) {
        return LenientJson.object().put("csId", 1).put("ptId", type);
    }

    /** Learns labels for a page whose records 1, 2 and so on have these option ids. */
    private void learn(String... ids) {
        learn(false, ids);
    }

    /** The same in a sweep. */
    private void check(String... ids) {
        learn(true, ids);
    }

    private void learn(boolean checks, String... ids) {
        ObjectNode response = LenientJson.object();
        rows(response, ids);
        labels.learn(source, Page.read(IDS, 1, response, "remoterecords"), 100, new LabelLists(IDS, LABELS), checks);
    }

    private static void rows(ObjectNode response, String... types) {
        response.withArray("remoterecords").removeAll();
        for (String type : types) {
            response.withArray("remoterecords")
                    .addObject()
                    .put("csId", response.path("remoterecords").size())
                    .put("ptId", type);
        }
    }

    /** The label of the problem type with that id, or null. */
    private String label(String id) {
        TypedRecord typed = new RecordTyper(TestSource.SHANGHAI)
                .type(LenientJson.object().put("ptId", id), FieldTable.bundled("remote-record"));
        labels.label(source, typed);
        return typed.labels().path("ptId").textValue();
    }
}
