package io.bangwo8stream.kafka;

import io.bangwo8stream.change.RecordState;
import java.util.List;
import java.util.Map;

/** Gives tests of other packages access to the contents of a batch. */
public final class BatchContent {

    private BatchContent() {}

    public static List<OutgoingRecord> records(WriteBatch batch) {
        return batch.records().stream().map(WriteBatch.Outgoing::record).toList();
    }

    public static Map<String, RecordState> states(WriteBatch batch) {
        return batch.states();
    }

    /** Reports the record at {@code index} as too large. */
    public static void reportTooLarge(WriteBatch batch, int index) {
        WriteBatch.Outgoing record = batch.records().get(index);
        record.tooLargeHandler().onTooLarge(record.record().value().length);
    }
}
