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

    private final Source source = TestSource.with("labelled", "ptId", "texts", "/v2.json");
    private final TestClock clock = new TestClock("2026-01-31T04:00:00Z");
    private final ObjectNode second = LenientJson.object();
    private int asked;
    private final Source sibling = TestSource.with("source", "agent-records", "labelled", "ptId");
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
                    asked++;
                    return second;
                }
            },
            sources,
            TestSettings.of("bangwo8.sweep-interval", "15m"),
            clock);

    @Test
    void asksAgainForATextThatIsMissingAfterASweepInterval() {
        rows(second, "");
        learn("221");
        clock.move(Duration.ofMinutes(15).minusMillis(1));
        learn("221");
        assertThat(asked).isOne();
        assertThat(label("221")).isNull();

        rows(second, "网络");
        clock.move(Duration.ofMillis(1));
        learn("221");
        assertThat(asked).isEqualTo(2);
        assertThat(label("221")).isEqualTo("网络");
    }

    @Test
    void learnsTheTextThatWasMissingWhenAnotherIsAskedFor() {
        rows(second, "");
        learn("221");
        rows(second, "网络", "软件");
        learn("221", "222");

        assertThat(label("221")).isEqualTo("网络");
        assertThat(label("222")).isEqualTo("软件");
    }

    @Test
    void learnsNothingFromWhatContradictsItselfAndAsksAgain() {
        rows(second, "网络", "软件", "网络");
        learn("221", "221", "221");
        assertThat(label("221")).isNull();

        rows(second, "网络", "网络", "网络");
        learn("221", "221", "221");
        assertThat(label("221")).isEqualTo("网络");
    }

    @Test
    void leavesARecordWithAnUnknownTextToTheSourceOfTheStreamThatWillLearnIt() {
        assertThat(labels.isAwaited(sibling, row("221"))).isTrue();
        assertThat(labels.isAwaited(source, row("221")))
                .as("which learns for itself")
                .isFalse();
        assertThat(labels.isAwaited(sibling, row(""))).as("without an id").isFalse();

        rows(second, "网络");
        learn("221");

        assertThat(labels.isAwaited(sibling, row("221"))).isFalse();
    }

    @Test
    void leavesNothingToASourceWhoseListIsRefused() {
        labels.cannotLearn(source);
        assertThat(labels.isAwaited(sibling, row("221"))).isFalse();

        rows(second, "网络");
        learn("221");
        assertThat(labels.isAwaited(sibling, row("222"))).as("once it answers").isTrue();
    }

    private static ObjectNode row(String type) {
        return LenientJson.object().put("csId", 1).put("ptId", type);
    }

    /** Learns from a page whose records, 1, 2 and so on, have these ids. */
    private void learn(String... ids) {
        ObjectNode answer = LenientJson.object();
        rows(answer, ids);
        labels.learn(source, Page.read(LIST, 1, answer, "remoterecords"), LIST);
    }

    private static void rows(ObjectNode answer, String... types) {
        answer.withArray("remoterecords").removeAll();
        for (String type : types) {
            answer.withArray("remoterecords")
                    .addObject()
                    .put("csId", answer.path("remoterecords").size())
                    .put("ptId", type);
        }
    }

    /** The text that a record of that problem type gets, or null. */
    private String label(String id) {
        TypedRecord typed = new RecordTyper(TestSource.SHANGHAI)
                .type(LenientJson.object().put("ptId", id), FieldTable.bundled("remote-record"));
        labels.label(source, typed);
        return typed.labels().path("ptId").textValue();
    }
}
