package io.bangwo8stream.kafka;

import io.bangwo8stream.change.RecordState;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Lets the tests of those who make batches look into them. */
public final class BatchContent {

    private BatchContent() {}

    public static List<ProducerRecord<String, byte[]>> records(WriteBatch batch) {
        return batch.records().stream().map(WriteBatch.Outgoing::record).toList();
    }

    public static Map<String, RecordState> states(WriteBatch batch) {
        return batch.states();
    }

    /** Says that the record at {@code index} was too large. */
    public static void tellTooLarge(WriteBatch batch, int index) {
        WriteBatch.Outgoing record = batch.records().get(index);
        record.origin().tooLarge(record.record().value().length);
    }
}
