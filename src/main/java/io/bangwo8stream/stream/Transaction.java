package io.bangwo8stream.stream;

import io.bangwo8stream.change.StateJson;
import io.bangwo8stream.stream.Batch.Outgoing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** One transaction: a batch's events and dead letters, and the states that say so. */
final class Transaction {

    private final Producer<String, byte[]> producer;
    private final String stateTopic;
    private final StateTable table;
    private final String writer;

    /** @param writer the name that the states bear of who wrote them */
    Transaction(Producer<String, byte[]> producer, String stateTopic, StateTable table, String writer) {
        this.producer = producer;
        this.stateTopic = stateTopic;
        this.table = table;
        this.writer = writer;
    }

    /** Whether the batch was committed; if not, its too large records have been told, and nothing was written. */
    boolean write(Batch batch) {
        List<Future<?>> sent = new ArrayList<>(batch.records().size());
        try {
            producer.beginTransaction();
            for (Outgoing outgoing : batch.records()) {
                sent.add(producer.send(outgoing.record()));
            }
            batch.states().forEach((id, state) ->
                    remember(table.key(id), state == null ? null : StateJson.write(state)));
            batch.cursor().ifPresent(cursor -> remember(table.cursorKey(), StateTable.writeCursor(cursor)));
            producer.commitTransaction();
            return true;
        } catch (KafkaException failed) {
            if (!tellTooLarge(batch, sent)) {
                throw failed;
            }
            producer.abortTransaction();
            return false;
        }
    }

    private void remember(String key, byte[] value) {
        ProducerRecord<String, byte[]> state = new ProducerRecord<>(stateTopic, key, value);
        state.headers().add(StateReader.WRITER, writer.getBytes(StandardCharsets.US_ASCII));
        producer.send(state);
    }

    private static boolean tellTooLarge(Batch batch, List<Future<?>> sent) {
        boolean told = false;
        for (int i = 0; i < sent.size(); i++) {
            Outgoing outgoing = batch.records().get(i);
            if (outgoing.origin() != null && wasTooLarge(sent.get(i))) {
                outgoing.origin().tooLarge(outgoing.record().value().length);
                told = true;
            }
        }
        return told;
    }

    private static boolean wasTooLarge(Future<?> sent) {
        try {
            if (sent.isDone()) {
                sent.get();
            }
            return false;
        } catch (ExecutionException failed) {
            return failed.getCause() instanceof RecordTooLargeException;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
