package io.bangwo8stream.scan;

import io.bangwo8stream.api.ApiClient;
import io.bangwo8stream.api.ApiException;
import io.bangwo8stream.api.ApiRejectedException;
import io.bangwo8stream.api.ApiRequest;
import io.bangwo8stream.api.ApiUnavailableException;
import io.bangwo8stream.api.Page;
import io.bangwo8stream.api.PageCursor;
import io.bangwo8stream.api.PageSplitter;
import io.bangwo8stream.schedule.ScanMode;
import io.bangwo8stream.schedule.ScanSchedule;
import io.bangwo8stream.text.FatalErrors;
import io.bangwo8stream.text.SafeText;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The pages of one list. */
final class ListPages implements PageSequence {

    /** The list changed while it was scanned: a reason to scan it again, although nothing may be missing. */
    static final String PAGES_SHIFTED = "pages-shifted";

    /** Each pass over the list found records that had slipped past the passes before. */
    static final String PAGES_UNSETTLED = "pages-unsettled";

    /** One of several lists does not exist for this account: pointless to retry. */
    static final String LIST_REFUSED = "list-refused";

    /** The API cannot send some rows. */
    static final String ROWS_UNREADABLE = "rows-unreadable";

    /** Rows of one page have the same id; the first of them is the record, and no other is missing. */
    static final String DUPLICATE_IDS = "duplicate-ids";

    /** Records wait for a label, whose list does not respond. */
    static final String LABELS_MISSING = "labels-missing";

    private static final String CALL_FAILED = "call-failed";
    private static final String RECORDS_MISSING = "records-missing";

    /** Why the scan of a list may be repeated, or stay incomplete. */
    static final List<String> REASONS = Stream.concat(
                    Stream.of(
                            CALL_FAILED,
                            LIST_REFUSED,
                            LABELS_MISSING,
                            PAGES_SHIFTED,
                            PAGES_UNSETTLED,
                            ROWS_UNREADABLE,
                            DUPLICATE_IDS,
                            RECORDS_MISSING),
                    Arrays.stream(PageCursor.Oddity.values()).map(PageCursor.Oddity::toString))
            .toList();

    /** A repeated pass joins little and would wait for each page. Rows, because pages that wait take memory. */
    private static final int MOST_ROWS_AHEAD = 800;

    /** A backfill is under way for hours, and the requests of new records share the connections with it. */
    private static final int MOST_ROWS_AHEAD_IN_BACKFILL = 200;

    private final Scan scan;
    private final ScanSchedule.Due due;
    private final int attempt;
    private final String list;
    private final String name;
    private final ApiClient api;
    private final PageCursor cursor;
    private final int fullPages;
    private final ReadAhead ahead;
    private final RowReader reader;
    private final BooleanSupplier canContinue;
    private final SeenRecords seen;
    private final Map<LocalDate, Integer> rowsByDay = new HashMap<>();
    private final List<FetchedRecord> unreadable = new ArrayList<>();
    private boolean split;
    private int filledPages;
    private int reported;
    private int duplicates;
    private boolean labelsMissing;
    private ApiException failure;

    /**
     * @param attempt     number of this pass over the window, from 1
     * @param list        id of the list, or empty where the source has only one
     * @param fullPages   pages that an earlier pass over this list has filled
     * @param canContinue checked before each page
     * @param seen        takes the records of this pass, and knows those of earlier passes over the window
     */
    ListPages(
            Scan scan,
            ScanSchedule.Due due,
            int attempt,
            String list,
            ApiClient api,
            PageCursor cursor,
            int fullPages,
            RowReader reader,
            BooleanSupplier canContinue,
            SeenRecords seen) {
        this.scan = scan;
        this.due = due;
        this.attempt = attempt;
        this.list = list;
        this.name = scan.source().list().name(list);
        this.api = api;
        this.cursor = cursor;
        this.fullPages = fullPages;
        this.ahead = new ReadAhead(api, () -> scan.trace().page(due));
        this.reader = reader;
        this.canContinue = canContinue;
        this.seen = seen;
    }

    @Override
    public boolean hasNext() {
        boolean continues = cursor.hasNext() && !scan.isAborted() && canContinue.getAsBoolean();
        if (!continues) {
            ahead.forget();
        }
        return continues;
    }

    @Override
    public FetchedPage next() {
        ApiRequest request = cursor.nextRequest();
        if (fullPages > 1) {
            // A repeated pass does not wait for its first page either.
            requestAhead();
        }
        ReadAhead.Requested requested = ahead.take(request);
        Span span = requested.span();
        // For the calls, which this thread makes.
        Scope current = span.makeCurrent();
        try {
            Page page = received(requested);
            if (hasNext()) {
                requestAhead();
            }
            return new FetchedPage(scan, page.number(), newRecords(page), span);
        } catch (ApiException failed) {
            failure = failed;
        } catch (RuntimeException | Error unexpected) {
            failure = unexpected(scan, unexpected);
        } finally {
            current.close();
        }
        return new FetchedPage(scan, 0, List.of(), span);
    }

    /** What is thrown while the split of the route asks for a page would leave the route waiting for ever. */
    static ApiException unexpected(Scan scan, Throwable failure) {
        FatalErrors.endProcessAfter(failure);
        scan.abort();
        return new ApiUnavailableException("error", "unexpected error: " + SafeText.named(failure), failure);
    }

    private void requestAhead() {
        ahead.start(cursor.requestBehind(0));
        // Only the page before it shows whether there is a page, unless an earlier pass has seen it.
        int rows = due.mode() == ScanMode.BACKFILL ? MOST_ROWS_AHEAD_IN_BACKFILL : MOST_ROWS_AHEAD;
        int most = rows / cursor.pageSize();
        for (int pages = 1; pages < most && cursor.number() + pages <= fullPages; pages++) {
            ahead.start(cursor.requestBehind(pages));
        }
    }

    private Page received(ReadAhead.Requested requested) {
        split = false;
        ApiRequest request = requested.request();
        try {
            return cursor.accept(ahead.response(requested));
        } catch (ApiUnavailableException failed) {
            return readParts(request, failed);
        } catch (ApiRejectedException refused) {
            if (!refused.isTooLarge()) {
                throw refused;
            }
            return readParts(request, refused);
        }
    }

    /** A page that fails, whatever is tried, hides neither its other rows nor the pages behind it. */
    private Page readParts(ApiRequest request, ApiException failed) {
        int number = cursor.number();
        PageSplitter.Result parts = new PageSplitter(
                        api, request, scan.source().list().recordsPath())
                .split(number, cursor.pageSize(), failed);
        parts.unreadable().forEach(row -> unreadable.add(reader.unreadable(row)));
        split = true;
        return cursor.acceptParts(parts);
    }

    @Override
    public List<String> lists() {
        return List.of(list);
    }

    /** The id of its list, or empty where the source has only one. */
    String id() {
        return list;
    }

    String name() {
        return name;
    }

    @Override
    public Set<String> names() {
        return Set.of(name);
    }

    @Override
    public Set<String> proved() {
        return isProved() ? names() : Set.of();
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
            shortcomings.add(isRefused() ? LIST_REFUSED : CALL_FAILED);
        }
        cursor.oddity().ifPresent(oddity -> shortcomings.add(oddity.toString()));
        if (labelsMissing) {
            shortcomings.add(LABELS_MISSING);
        }
        if (seen.hasChanged() || cursor.isCountChanged()) {
            shortcomings.add(PAGES_SHIFTED);
        }
        if (!unreadable.isEmpty()) {
            shortcomings.add(ROWS_UNREADABLE);
        }
        long missing = cursor.count().orElse(0) - seen.count() - unreadable.size();
        if (missing > 0) {
            shortcomings.add(missing <= duplicates ? DUPLICATE_IDS : RECORDS_MISSING);
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
    public SeenRecords seen() {
        return seen;
    }

    @Override
    public int fullPages(String any) {
        return seen.size() / cursor.pageSize();
    }

    @Override
    public boolean isUnsettled() {
        return hasSeveralPages() && seen.isUnsettled();
    }

    boolean hasSeveralPages() {
        return filledPages > 1;
    }

    @Override
    public Map<LocalDate, Integer> rowsByDay() {
        return rowsByDay;
    }

    @Override
    public OptionalLong count() {
        return cursor.count();
    }

    /** Whether this is one of several lists, and does not exist for this account. */
    private boolean isRefused() {
        return !list.isEmpty() && failure instanceof ApiRejectedException refusal && refusal.isAbsent();
    }

    @Override
    public List<String> refused() {
        return isRefused() ? List.of(list) : List.of();
    }

    private List<FetchedRecord> newRecords(Page page) {
        filledPages += page.rows().isEmpty() ? 0 : 1;
        List<FetchedRecord> records = new ArrayList<>(page.rows().size());
        while (reported < unreadable.size()) {
            records.add(unreadable.get(reported++));
        }
        Set<String> ids = new HashSet<>();
        for (FetchedRecord record : split ? reader.readWithoutLabels(page) : reader.read(page, cursor.pageSize())) {
            if (scan.source().windowed()) {
                LocalDate day = record.digest().day().orElse(due.window().from());
                rowsByDay.merge(day, 1, Integer::sum);
            }
            labelsMissing |=
                    record.isDeferred() && scan.source().list().labelsPath().isPresent();
            if (record.id() != null && !ids.add(record.id())) {
                duplicates++;
            } else if (isNew(record)) {
                record.listedIn(name);
                records.add(record);
            }
        }
        return records;
    }

    /** Whether this pass has received every row of the list, each with its id, and the API's count says the same. */
    boolean isProved() {
        OptionalLong count = cursor.count();
        return !isUnfinished()
                && shortcomings().isEmpty()
                && !seen.hasRowsWithoutId()
                && count.isPresent()
                && count.getAsLong() == seen.countOfPass();
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
