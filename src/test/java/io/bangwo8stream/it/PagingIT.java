package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.standin.Fault;
import io.bangwo8stream.standin.RequestLog;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests pages that shift or never end, in a single run, which must see every record in one scan. */
class PagingIT {

    private static final List<String> TEN =
            IntStream.rangeClosed(1, 10).mapToObj(Integer::toString).toList();

    @Test
    void publishesEveryRecordWhenRowsShiftToEarlierAndToLaterPages() {
        try (TestTenant tenant = tenRecords().with("bangwo8.max-pages", "50")) {
            // The first pass misses a row between two pages, the second one sees a row twice.
            tenant.addFault(Fault.of(Fault.Kind.SHIFT_PAGES_BACK)
                            .on("histories")
                            .matching("page=2&")
                            .times(1))
                    .addFault(Fault.of(Fault.Kind.SHIFT_PAGES)
                            .on("histories")
                            .matching("page=3&")
                            .after(1)
                            .times(1));
            Product product = tenant.runOnce();
            assertThat(tenant.keys())
                    .doesNotHaveDuplicates()
                    .containsAll(TEN.subList(0, 9))
                    .containsAll(tenant.desk().remoteRecords().ids());
            assertThat(product.awaitExit()).isZero();
        }
    }

    @Test
    void abandonsAnEndlessListAtMaxPagesAndReportsTheScanAsIncomplete() {
        try (TestTenant tenant = tenRecords().with("bangwo8.max-pages", "3")) {
            Product product = tenant.runOnce();
            assertThat(tenant.keys()).hasSize(6);
            assertThat(product.output()).containsPattern("scan-incomplete source=remote-records .*too-many-pages");
            assertThat(product.awaitExit()).isNotZero();
            assertThat(tenant.requests().entries("histories"))
                    .extracting(RequestLog.Entry::query)
                    .noneMatch(query -> query.contains("page=4"));
        }
    }

    @Test
    void publishesThePagesBeforeAFailedPage() {
        try (TestTenant tenant = tenRecords().with("bangwo8.max-retries", "1")) {
            tenant.addFault(Fault.status(500).on("histories").matching("page=3&"));
            Product product = tenant.runOnce();
            assertThat(tenant.keys()).hasSize(4);
            assertThat(product.output())
                    .containsPattern("scan-incomplete source=remote-records .*call-failed.*page=3.*500");
            assertThat(product.awaitExit()).isNotZero();
        }
    }

    private static TestTenant tenRecords() {
        TestTenant tenant = TestTenant.of(PagingIT.class).with("bangwo8.per-page", "2");
        TEN.forEach(id -> tenant.desk().add(tenant.oldRecord(Long.parseLong(id))));
        return tenant;
    }
}
