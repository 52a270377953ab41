package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bangwo8stream.standin.Fault;
import io.bangwo8stream.standin.Fault.Kind;
import io.bangwo8stream.standin.RequestLog;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests a polling product with faults of the API's paging: scans end, report the fault, and lose no record. */
class PagingFaultsIT {

    private static TrapHost trap;
    private static TestTenant tenant;
    private static Product product;
    private static long lastId;

    private int from;

    @BeforeAll
    static void startPolling() {
        trap = new TrapHost();
        tenant = TestTenant.of(PagingFaultsIT.class)
                .with("bangwo8.per-page", "2")
                .with("bangwo8.max-retries", "0");
        tenant.desk().withIrregularResponses(true);
        product = tenant.startPolling();
        // Five records: two full pages and a short one.
        add(5);
    }

    @AfterAll
    static void stop() {
        tenant.close();
        trap.close();
        // No test of this class may cause a request to this host.
        assertThat(trap.requests()).isEmpty();
    }

    @BeforeEach
    void rememberTheEndOfTheLog() {
        from = product.lines().size();
    }

    @AfterEach
    void clearFaultsAndCheckThatEveryRecordIsPublished() {
        tenant.standIn().faults().clear();
        awaitCleanScan();
        assertThat(tenant.keys())
                .containsExactlyInAnyOrderElementsOf(
                        tenant.desk().remoteRecords().ids());
    }

    @ParameterizedTest
    @CsvSource({
        "REPEAT_NEXT_PAGE, 0, repeated-next-page",
        "REPEAT_PAGE,      1, repeated-page",
        "WRONG_COUNT,      3, records-missing",
        "CHANGING_COUNT,     1, pages-shifted"
    })
    void reportsPagingFaultsInTheLogAndTheMetrics(Kind kind, int number, String reason) {
        tenant.addFault(Fault.of(kind, number).on("histories"));
        product.awaitLine(from, reason);
        assertThat(product.management("/q/metrics").body())
                .containsPattern(
                        "bangwo8_scan_(retries|incomplete)_total\\{[^}]*reason=\"" + reason + "\"[^}]*} [1-9]");
    }

    @ParameterizedTest
    @CsvSource({
        "REPEAT_NEXT_PAGE, 0",
        "WRONG_COUNT, 3",
        "WRONG_COUNT, -3",
        "CHANGING_COUNT, 1",
        "CHANGING_COUNT, -1",
        "REPEAT_LAST_ROW, 0",
        "REVERSED_ROWS, 0"
    })
    void publishesEveryRecordDespitePagingFaults(Kind kind, int number) {
        tenant.addFault(Fault.of(kind, number).on("histories"));
        String id = add(1);
        await().atMost(Product.PATIENCE)
                .untilAsserted(() -> assertThat(tenant.keys()).contains(id));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void findsTheLastPageInEveryFormOfTheResponse(int more) {
        // The stand-in mixes null, "", a missing next_page, and counts as numbers and strings, by page number.
        String id = add(more);
        await().atMost(Product.PATIENCE)
                .untilAsserted(() -> assertThat(tenant.keys()).contains(id));
        assertThat(product.lines().subList(from, product.lines().size()))
                .noneMatch(line -> line.contains("scan-incomplete"));
    }

    @Test
    void neverFollowsTheUrlInNextPage() {
        tenant.addFault(Fault.of(Kind.FOREIGN_NEXT_PAGE, trap.origin()));
        String id = add(3);
        await().atMost(Product.PATIENCE)
                .untilAsserted(() -> assertThat(tenant.keys()).contains(id));
        assertThat(trap.requests()).isEmpty();
        assertThat(tenant.requests().entries())
                .extracting(RequestLog.Entry::host)
                .containsOnly(tenant.standIn().baseUri().getAuthority());
    }

    @Test
    void neverFollowsTheUrlThatARecordNamesForTheChat() {
        String id = Long.toString(++lastId);
        tenant.desk().add(tenant.newRecord(lastId).put("ChatRecord", 1).put("contents", trap.origin() + "/chat.json"));
        await().atMost(Product.PATIENCE)
                .untilAsserted(() -> assertThat(tenant.keys()).contains(id));
        assertThat(trap.requests()).isEmpty();
    }

    @Test
    void followsNoRedirect() {
        tenant.addFault(Fault.of(Kind.REDIRECT, trap.origin() + "/api/v1/remoterecord/histories.json")
                .on("histories"));
        assertThat(product.awaitLine(from, "scan-incomplete")).contains("302").contains("redirects are not followed");
        assertThat(trap.requests()).isEmpty();
    }

    /** Adds records with the current time, and returns the id of the last one. */
    private static String add(int records) {
        for (int i = 0; i < records; i++) {
            tenant.desk().add(tenant.newRecord(++lastId));
        }
        return Long.toString(lastId);
    }

    /** Waits for two complete scans: the first may have started before the faults were cleared. */
    private static void awaitCleanScan() {
        int from = product.lines().size();
        Pattern clean = Pattern.compile(" scanned source=remote-records seen=[1-9].*complete=true");
        await().atMost(Product.PATIENCE)
                .until(() -> product.lines().stream()
                                .skip(from)
                                .filter(line -> clean.matcher(line).find())
                                .count()
                        >= 2);
    }
}
