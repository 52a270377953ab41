package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bangwo8stream.standin.Fault;
import io.bangwo8stream.standin.RequestLog;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests pages that shift or never end, in a single run, which must see every record in one scan. */
class PagingIT {

    private static final List<String> TEN =
            IntStream.rangeClosed(1, 10).mapToObj(Integer::toString).toList();

    @Test
    void publishesEveryRecordWhenRowsShiftToEarlierAndToLaterPages() {
        try (TestTenant tenant = tenRecordsOfToday().with("bangwo8.max-pages", "50")) {
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
    void publishesARecordThatSlippedToAnEarlierPageAlthoughTheCountDoesNotShowIt() {
        try (TestTenant tenant = tenRecordsOfToday()) {
            tenant.addFault(Fault.of(Fault.Kind.SHIFT_PAGES_UNCOUNTED)
                    .on("histories")
                    .matching("page=2&")
                    .times(1));
            Product product = tenant.runOnce();
            assertThat(tenant.keys())
                    .doesNotHaveDuplicates()
                    .containsAll(tenant.desk().remoteRecords().ids());
            assertThat(product.awaitExit()).isZero();
            assertThat(tenant.requests().entries("histories"))
                    .extracting(RequestLog.Entry::query)
                    .filteredOn(query -> query.contains("page=5&"))
                    .as("passes: one that misses the record, one that finds it, and one that finds nothing")
                    .hasSize(3);
            assertThat(tenant.requests().count("servicesummary"))
                    .as("joins: one for each record")
                    .isEqualTo(11);
        }
    }

    @Test
    void reportsAnIncompleteScanWhenRowsSlipDuringEveryPass() {
        try (TestTenant tenant = tenRecordsOfToday()) {
            tenant.addFault(
                    Fault.of(Fault.Kind.SHIFT_PAGES_UNCOUNTED).on("histories").matching("page=5&"));
            Product product = tenant.runOnce();
            assertThat(product.awaitExit()).isNotZero();
            assertThat(product.output())
                    .containsPattern("scan-incomplete source=remote-records .*reasons=pages-unsettled attempts=5");
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
    void readsEveryPageOfAnApiThatSendsFewerRowsThanWanted() {
        try (TestTenant tenant = TestTenant.of(PagingIT.class)) {
            for (int id = 1; id <= 35; id++) {
                tenant.desk().add(tenant.newRecord(id));
            }
            tenant.addFault(Fault.of(Fault.Kind.PAGE_LIMIT, 10).on("histories"));

            Product product = tenant.runOnce();

            assertThat(tenant.keys()).hasSize(35).doesNotHaveDuplicates();
            assertThat(product.awaitExit()).isZero();
        }
    }

    @Test
    void scansEveryOtherDayOfABackfillWhileTheApiCannotSendOne() {
        LocalDate today = LocalDate.now(ZoneId.of("Asia/Shanghai"));
        IntFunction<String> day = back -> today.minusDays(back).toString();
        try (TestTenant tenant = TestTenant.of(PagingIT.class)
                .with("bangwo8.start-date", day.apply(20))
                .with("bangwo8.max-retries", "0")) {
            for (int back = 0; back <= 20; back++) {
                tenant.desk().add(tenant.oldRecord(1000 + back).put("csBTime", day.apply(back) + " 08:00:10"));
            }
            // Whichever days share its list.
            Fault unsendable = Fault.of(Fault.Kind.EMPTY_BODY)
                    .on("histories")
                    .matching("starttime=(" + join(15, 21, day) + ")&endtime=(" + join(0, 15, day) + ")");
            tenant.addFault(unsendable);
            Product product = tenant.startPolling();

            await().atMost(Product.PATIENCE)
                    .untilAsserted(() -> assertThat(tenant.keys()).hasSize(20).doesNotContain("1015"));
            product.awaitLine(0, "scan-incomplete source=remote-records mode=backfill window=" + day.apply(15));
            tenant.standIn().faults().clear();

            await().atMost(Product.PATIENCE)
                    .untilAsserted(() -> assertThat(tenant.keys()).hasSize(21).contains("1015"));
        }
    }

    private static String join(int from, int to, IntFunction<String> day) {
        return IntStream.rangeClosed(from, to).mapToObj(day).collect(Collectors.joining("|"));
    }

    @Test
    void readsAPageThatFailsAsAWholeInSmallerParts() {
        try (TestTenant tenant = tenRecords().with("bangwo8.max-retries", "0")) {
            tenant.addFault(Fault.status(500).on("histories").matching("page=3&per_page=2"));
            Product product = tenant.runOnce();
            assertThat(tenant.keys()).containsExactlyInAnyOrderElementsOf(TEN);
            assertThat(product.awaitExit()).isZero();
        }
    }

    @Test
    void publishesThePagesBeforeAFailureOfTheApi() {
        try (TestTenant tenant = tenRecords().with("bangwo8.max-retries", "1")) {
            tenant.addFault(Fault.status(500).on("histories").matching("page=[3-9]&"));
            Product product = tenant.runOnce();
            assertThat(tenant.keys()).hasSize(4);
            assertThat(product.output())
                    .containsPattern("scan-incomplete source=remote-records .*call-failed.*page=3.*500");
            assertThat(product.awaitExit()).isNotZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"10, ''", "7, ''", "100, ''", "10, 500"})
    void publishesAllRecordsButTheOneThatTheApiCannotSend(String perPage, String status) {
        try (TestTenant tenant =
                TestTenant.of(PagingIT.class).with("bangwo8.per-page", perPage).with("bangwo8.max-retries", "0")) {
            for (int id = 1001; id <= 1025; id++) {
                tenant.desk().add(tenant.newRecord(id));
            }
            tenant.addFault(Fault.of(Fault.Kind.UNSENDABLE_ROW, 1015, status).on("histories"));

            Product product = tenant.runOnce();

            assertThat(tenant.keys()).hasSize(24).doesNotHaveDuplicates().doesNotContain("1015");
            assertThat(tenant.deadLetters()).singleElement().satisfies(letter -> {
                assertThat(letter.key()).isNull();
                assertThat(letter.value().path("reason").asText()).isEqualTo("unreadable-row");
                assertThat(letter.value().path("error").asText())
                        .contains("cannot be read")
                        .contains("next to the record");
            });
            assertThat(product.output()).containsPattern("scan-incomplete source=remote-records .*rows-unreadable");
            assertThat(product.awaitExit()).isNotZero();
        }
    }

    /** Records of the day to which the stand-in adds records while pages are listed. */
    private static TestTenant tenRecordsOfToday() {
        TestTenant tenant = TestTenant.of(PagingIT.class).with("bangwo8.per-page", "2");
        TEN.forEach(id -> tenant.desk().add(tenant.newRecord(Long.parseLong(id))));
        return tenant;
    }

    private static TestTenant tenRecords() {
        TestTenant tenant = TestTenant.of(PagingIT.class).with("bangwo8.per-page", "2");
        TEN.forEach(id -> tenant.desk().add(tenant.oldRecord(Long.parseLong(id))));
        return tenant;
    }
}
