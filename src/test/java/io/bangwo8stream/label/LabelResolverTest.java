package io.bangwo8stream.label;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.api.ApiClient;
import io.bangwo8stream.api.ApiRequest;
import io.bangwo8stream.api.Page;
import io.bangwo8stream.config.TestSettings;
import io.bangwo8stream.record.FieldTable;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.record.RecordTyper;
import io.bangwo8stream.record.TypedRecord;
import io.bangwo8stream.scan.TestClock;
import io.bangwo8stream.scan.TestSource;
import io.bangwo8stream.source.Source;
import io.bangwo8stream.source.SourceRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LabelResolverTest {

    private static final ApiRequest LIST = new ApiRequest("/v2.json", "/v2.json", Map.of());

    private final Source source = TestSource.with("labelFields", "ptId", "labelsPath", "/v2.json");
    private final TestClock clock = new TestClock("2026-01-31T04:00:00Z");
    private final ObjectNode labelList = LenientJson.object();
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
    private final LabelResolver labels = new LabelResolver(
            new ApiClient() {
                @Override
                public JsonNode get(ApiRequest request) {
                    requests++;
                    return labelList;
                }
            },
            sources,
            TestSettings.of("bangwo8.sweep-interval", "15m"),
            clock);

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

    private static ObjectNode row(String type) {
        return LenientJson.object().put("csId", 1).put("ptId", type);
    }

    /** Learns labels for a page whose records 1, 2 and so on have these option ids. */
    private void learn(String... ids) {
        ObjectNode response = LenientJson.object();
        rows(response, ids);
        labels.learn(source, Page.read(LIST, 1, response, "remoterecords"), LIST);
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
