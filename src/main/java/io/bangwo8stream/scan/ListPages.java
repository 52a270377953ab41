package io.bangwo8stream.scan;

import io.bangwo8stream.api.ApiClient;
import io.bangwo8stream.api.ApiException;
import io.bangwo8stream.api.ApiRejectedException;
import io.bangwo8stream.api.Page;
import io.bangwo8stream.api.PageCursor;
import io.bangwo8stream.schedule.ScanSchedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/** The pages of one list. */
final class ListPages implements PageSequence {

    /** The list changed while it was scanned: a reason to scan it again, although nothing may be missing. */
    static final String PAGES_SHIFTED = "pages-shifted";

    /** One of several lists does not exist for this account: pointless to retry. */
    static final String LIST_REFUSED = "list-refused";

    /** Records wait for a label, whose list does not respond. */
    static final String LABELS_MISSING = "labels-missing";

    private final Scan scan;
    private final ScanSchedule.Due due;
    private final int attempt;
    private final String list;
    private final ApiClient api;
    private final PageCursor cursor;
    private final RowReader reader;
    private final BooleanSupplier canContinue;
    private final SeenRecords seen;
    private OptionalLong firstCount = OptionalLong.empty();
    private boolean labelsMissing;
    private ApiException failure;

    /**
     * @param attempt     number of this pass over the window, from 1
     * @param list        id of the list, or empty where the source has only one
     * @param canContinue checked before each page
     * @param earlier     the ids that earlier passes over this window saw, with the fingerprints of their rows
     */
    ListPages(
            Scan scan,
            ScanSchedule.Due due,
            int attempt,
            String list,
            ApiClient api,
            PageCursor cursor,
            RowReader reader,
            BooleanSupplier canContinue,
            Map<String, Long> earlier) {
        this.scan = scan;
        this.due = due;
        this.attempt = attempt;
        this.list = list;
        this.api = api;
        this.cursor = cursor;
        this.reader = reader;
        this.canContinue = canContinue;
        this.seen = new SeenRecords(earlier);
    }

    @Override
    public boolean hasNext() {
        return cursor.hasNext() && !scan.isAborted() && canContinue.getAsBoolean();
    }

    @Override
    public FetchedPage next() {
        try {
            Page page = cursor.accept(api.get(cursor.nextRequest()));
            if (page.number() == 1) {
                firstCount = page.count();
            }
            return new FetchedPage(scan, page.number(), newRecords(page));
        } catch (ApiException failed) {
            failure = failed;
            return new FetchedPage(scan, 0, List.of());
        }
    }

    @Override
    public List<String> lists() {
        return List.of(list);
    }

    @Override
    public ScanSchedule.Due due() {
        return due;
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public boolean isUnfinished() {
        return cursor.hasNext();
    }

    @Override
    public List<String> shortcomings() {
        List<String> shortcomings = new ArrayList<>();
        if (failure != null) {
            shortcomings.add(isRefused() ? LIST_REFUSED : "call-failed");
        }
        cursor.oddity().ifPresent(oddity -> shortcomings.add(oddity.toString()));
        if (labelsMissing) {
            shortcomings.add(LABELS_MISSING);
        }
        if (seen.hasChanged() || !firstCount.equals(cursor.count())) {
            shortcomings.add(PAGES_SHIFTED);
        }
        if (seen.count() < cursor.count().orElse(0)) {
            shortcomings.add("records-missing");
        }
        return shortcomings;
    }

    @Override
    public ApiException failure() {
        return isRefused() ? null : failure;
    }

    @Override
    public Optional<ApiException> cause() {
        return Optional.ofNullable(failure);
    }

    @Override
    public boolean isReceived() {
        return failure == null;
    }

    @Override
    public Map<String, Long> seen() {
        return seen.all();
    }

    @Override
    public OptionalLong count() {
        return cursor.count();
    }

    /** Whether this is one of several lists, and does not exist for this account. */
    boolean isRefused() {
        return !list.isEmpty() && failure instanceof ApiRejectedException refusal && refusal.isAbsent();
    }

    private List<FetchedRecord> newRecords(Page page) {
        List<FetchedRecord> records = new ArrayList<>(page.rows().size());
        for (FetchedRecord record : reader.read(page)) {
            labelsMissing |=
                    record.isDeferred() && scan.source().list().labelsPath().isPresent();
            if (isNew(record)) {
                records.add(record);
            }
        }
        return records;
    }

    private boolean isNew(FetchedRecord record) {
        if (!seen.add(record)) {
            return false;
        }
        if (!seen.wasSeenEarlier(record)
                && !scan.source().list().membershipField().isPresent()) {
            scan.report().seen(1);
        }
        return !seen.isUnchangedSinceEarlierPass(record);
    }
}
