package io.bangwo8stream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of a transaction whose calls fail at the worst moments, against a real broker. */
@ExtendWith(SharedBroker.class)
@Timeout(120)
class StreamWriterTest {

    private final TestBroker broker = TestBroker.withTopics(Map.of());
    private final StateStore store = new StateStore(broker.tenant, "remote-records");
    private final List<String> failing = new ArrayList<>();
    private int producers;
    private int readers;
    private final StreamWriter writer =
            new StreamWriter("remote-records", this::producer, this::reader, store, broker.state);

    @AfterEach
    void close() {
        writer.close();
        broker.close();
    }

    @Test
    void aCommitWhoseOutcomeIsUnknownIsLookedUpAndNotRepeated() throws Exception {
        failing.add("after commitTransaction");

        writer.commit(this::onceOnly);

        assertThat(broker.events()).containsExactly("7=a");
        assertThat(producers).as("settled by a producer of the same id").isEqualTo(2);
        assertThat(store.get("7")).isEqualTo(TestBroker.state(1));
    }

    @Test
    void aTransactionThatFailsBeforeItsCommitIsDecidedAnew() throws Exception {
        failing.addAll(List.of("before beginTransaction", "after send", "before commitTransaction"));

        writer.commit(this::onceOnly);

        assertThat(failing).isEmpty();
        assertThat(broker.events()).containsExactly("7=a");
    }

    @Test
    void aBrokerThatDoesNotAnswerIsSaidByTheNextTurnToo() throws Exception {
        failing.add("before initTransactions");

        assertThatThrownBy(writer::begin).isInstanceOf(KafkaException.class);
        writer.begin();
        writer.begin();
        writer.commit(this::onceOnly);

        assertThat(producers).as("one that failed, one that lasts").isEqualTo(2);
        assertThat(readers).isEqualTo(1);
        assertThat(broker.events()).containsExactly("7=a");
    }

    private WriteBatch onceOnly() {
        return store.get("7") == null ? broker.batch("7", "a", 1) : new WriteBatch();
    }

    private StateLoader reader(String name) {
        readers++;
        return new StateLoader(broker.state, store, broker.clients(), name);
    }

    /** A producer that fails once, before or after it does what it was told, where {@link #failing} says so. */
    @SuppressWarnings("unchecked")
    private Producer<String, byte[]> producer() {
        producers++;
        Producer<String, byte[]> real = broker.clients().transactionalProducer(broker.tenant);
        return (Producer<String, byte[]>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Producer.class}, (proxy, method, arguments) -> {
                    fail("before " + method.getName());
                    Object result;
                    try {
                        result = method.invoke(real, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                    fail("after " + method.getName());
                    return result;
                });
    }

    private void fail(String point) {
        if (failing.remove(point)) {
            throw new TimeoutException(point);
        }
    }
}
