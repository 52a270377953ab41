package io.bangwo8stream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests transactions whose producer calls fail at critical points, on a real broker. */
@ExtendWith(SharedBroker.class)
@Timeout(120)
class StreamWriterTest {

    private final TestBroker broker = TestBroker.withTopics(Map.of());
    private final StateStore store = new StateStore(broker.tenant, "remote-records");
    private final List<String> failurePoints = new ArrayList<>();
    private Throwable failure = new TimeoutException("no response");
    private int createdProducers;
    private int createdLoaders;
    private final StreamWriter writer =
            new StreamWriter("remote-records", this::createProducer, this::createLoader, store, broker.streamErrors());

    @AfterEach
    void close() {
        writer.close();
        broker.close();
    }

    @Test
    void looksUpAndDoesNotRepeatACommitWithUnknownOutcome() throws Exception {
        failurePoints.add("after commitTransaction");

        writer.commit(this::batchUnlessStored);

        assertThat(broker.events()).containsExactly("7=a");
        assertThat(createdProducers)
                .as("a second producer with the same id ends the transaction")
                .isEqualTo(2);
        assertThat(store.get("7")).isEqualTo(TestBroker.state(1));
    }

    @Test
    void reevaluatesTheDecisionOfATransactionThatFailsBeforeItsCommit() throws Exception {
        failurePoints.addAll(List.of("before beginTransaction", "after send", "before commitTransaction"));

        writer.commit(this::batchUnlessStored);

        assertThat(failurePoints).isEmpty();
        assertThat(broker.events()).containsExactly("7=a");
    }

    @Test
    void failsATurnWhenTheBrokerDoesNotRespondAndRecoversInTheNextTurn() throws Exception {
        failurePoints.add("before initTransactions");

        assertThatThrownBy(writer::begin).isInstanceOf(KafkaException.class);
        writer.begin();
        writer.begin();
        writer.commit(this::batchUnlessStored);

        assertThat(createdProducers).as("one that failed, one that is kept").isEqualTo(2);
        assertThat(createdLoaders).isEqualTo(1);
        assertThat(broker.events()).containsExactly("7=a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"before send", "after send", "before commitTransaction", "after commitTransaction"})
    void staysUsableAfterAnErrorInATransaction(String point) throws Exception {
        failure = new StackOverflowError("too deep");
        failurePoints.add(point);

        assertThatThrownBy(() -> writer.commit(this::batchUnlessStored)).isSameAs(failure);
        writer.commit(this::batchUnlessStored);
        writer.begin();

        assertThat(broker.events()).containsExactly("7=a");
        assertThat(store.get("7")).isEqualTo(TestBroker.state(1));
    }

    @Test
    void staysUsableAfterAnErrorInADecision() throws Exception {
        writer.begin();

        assertThatThrownBy(() -> writer.commit(() -> {
                    throw new StackOverflowError("too deep");
                }))
                .isInstanceOf(StackOverflowError.class);
        writer.commit(this::batchUnlessStored);

        assertThat(broker.events()).containsExactly("7=a");
    }

    static List<KafkaException> refusals() {
        return List.of(
                new TopicAuthorizationException(Set.of("events")),
                new KafkaException("error state", new TransactionalIdAuthorizationException("not this id")),
                new SaslAuthenticationException("wrong password"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    @Timeout(30)
    void doesNotRetryWhatKafkaRefuses(KafkaException refusal) throws Exception {
        failure = refusal;
        writer.begin();
        for (int i = 0; i < 5; i++) {
            failurePoints.add("before commitTransaction");
        }

        assertThatThrownBy(() -> writer.commit(this::batchUnlessStored))
                .isInstanceOf(KafkaException.class)
                .hasMessageStartingWith("Kafka refuses the stream remote-records permanently: ")
                .hasCause(refusal);
        assertThat(failurePoints).as("one attempt").hasSize(4);

        failurePoints.clear();
        writer.commit(this::batchUnlessStored);
        assertThat(broker.events()).containsExactly("7=a");
    }

    @Test
    @Timeout(30)
    void abandonsABatchThatStaysTooLarge() throws Exception {
        writer.begin();

        assertThatThrownBy(() -> writer.commit(() -> {
                    WriteBatch batch = new WriteBatch();
                    batch.add(broker.event("7", "x".repeat(1_500_000)), bytes -> {});
                    return batch;
                }))
                .isInstanceOf(KafkaException.class)
                .hasMessageContaining("max.message.bytes");
        writer.commit(this::batchUnlessStored);

        assertThat(broker.events()).containsExactly("7=a");
    }

    private WriteBatch batchUnlessStored() {
        return store.get("7") == null ? broker.batch("7", "a", 1) : new WriteBatch();
    }

    private StateLoader createLoader(String writerId) {
        createdLoaders++;
        return new StateLoader(broker.shard(), store, broker.clients(), writerId);
    }

    /** A producer that fails once before or after each call that {@link #failurePoints} names. */
    @SuppressWarnings("unchecked")
    private Producer<String, byte[]> createProducer() {
        createdProducers++;
        Producer<String, byte[]> real = broker.clients().transactionalProducer(broker.tenant);
        return (Producer<String, byte[]>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Producer.class}, (proxy, method, arguments) -> {
                    failAt("before " + method.getName());
                    Object result;
                    try {
                        result = method.invoke(real, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                    failAt("after " + method.getName());
                    return result;
                });
    }

    private void failAt(String point) throws Throwable {
        if (failurePoints.remove(point)) {
            throw failure;
        }
    }
}
