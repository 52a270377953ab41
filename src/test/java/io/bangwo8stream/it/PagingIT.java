package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.standin.Fault;
import io.bangwo8stream.standin.RequestLog;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Pages that shift or never end, in processes that have one walk to see every record. */
class PagingIT {

    private static final List<String> TEN = IntStream.rangeClosed(1, 10).mapToObj(Integer::toString).toList();

    @Test
    void losesNoRecordWhileRowsShiftToEarlierAndToLaterPages() {
        try (TestTenant trial = tenRecords().with("bangwo8.max-pages", "50")) {
            // The first walk skips a row at the border of two pages, the next one meets a row twice.
            trial.fault(Fault.of(Fault.Kind.SHIFT_PAGES_BACK).on("histories").matching("page=2&").times(1))
                    .fault(Fault.of(Fault.Kind.SHIFT_PAGES).on("histories").matching("page=3&").after(1).times(1));
            Product product = trial.once();
            assertThat(trial.keys()).doesNotHaveDuplicates().containsAll(TEN.subList(0, 9))
                    .containsAll(trial.desk().remoteRecords().ids());
            assertThat(product.awaitExit()).isZero();
        }
    }

    @Test
    void endsAListOfEndlessPagesAtTheCeilingAndSaysSo() {
        try (TestTenant trial = tenRecords().with("bangwo8.max-pages", "3")) {
            Product product = trial.once();
            assertThat(trial.keys()).hasSize(6);
            assertThat(product.output()).containsPattern("fell-short source=remote-records .*too-many-pages");
            assertThat(product.awaitExit()).isNotZero();
            assertThat(trial.requests().entries("histories")).extracting(RequestLog.Entry::query)
                    .noneMatch(query -> query.contains("page=4"));
        }
    }

    @Test
    void publishesThePagesBeforeTheOneThatCannotBeFetched() {
        try (TestTenant trial = tenRecords().with("bangwo8.max-retries", "1")) {
            trial.fault(Fault.status(500).on("histories").matching("page=3&"));
            Product product = trial.once();
            assertThat(trial.keys()).hasSize(4);
            assertThat(product.output()).containsPattern("fell-short source=remote-records .*call-failed.*page=3.*500");
            assertThat(product.awaitExit()).isNotZero();
        }
    }

    private static TestTenant tenRecords() {
        TestTenant trial = TestTenant.of(PagingIT.class).with("bangwo8.per-page", "2");
        TEN.forEach(id -> trial.desk().add(trial.oldRecord(Long.parseLong(id))));
        return trial;
    }
}
