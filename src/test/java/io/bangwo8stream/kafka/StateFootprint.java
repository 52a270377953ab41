package io.bangwo8stream.kafka;

import io.bangwo8stream.change.Fingerprint;
import io.bangwo8stream.change.PartHashes;
import io.bangwo8stream.change.RecordState;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Measures the heap size of one tracked record: {@code java … StateFootprint 1000000}. */
public final class StateFootprint {

    private StateFootprint() {}

    public static void main(String[] args) {
        int records = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        fill(new StateStore("default", "warm-up"), 1);
        long before = usedHeap();
        StateStore store = new StateStore("default", "remote-records");
        fill(store, records);
        long bytes = usedHeap() - before;
        System.out.printf("%,d records take %,d MiB, %d bytes each%n", store.size(), bytes >> 20, bytes / records);
    }

    private static void fill(StateStore store, int records) {
        SplittableRandom random = new SplittableRandom(8);
        for (int i = 0; i < records; i++) {
            WriteBatch batch = new WriteBatch();
            batch.storeState(
                    Integer.toString(10_000_000 + i),
                    new RecordState(
                                    random.nextLong(),
                                    random.nextLong(),
                                    random.nextLong(),
                                    20_000 + i / 11_000,
                                    false,
                                    random.nextLong(),
                                    0,
                                    0,
                                    false)
                            .withEvent(
                                    new Fingerprint(random.nextLong(), random.nextLong()),
                                    new PartHashes(random.nextLong(), random.nextLong()))
                            .seenAlsoIn(List.of("/remoterecord/histories.json")));
            store.put(batch, Map.of());
        }
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
