package io.bangwo8stream.scan;

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

/** Goes through one list. */
final class ListPages implements PageSequence {

    /** The list changed while it was walked: worth walking again, though nothing may be missing. */
    static final String PAGES_SHIFTED = "pages-shifted";

    /** One of several lists is not there, or not for this account: asking again would be in vain. */
    static final String LIST_REFUSED = "list-refused";

    /** Records wait for a text, whose list does not answer. */
    static final String TEXTS_MISSING = "texts-missing";

    private final Scan walk;
    private final ScanSchedule.Due due;
    private final int attempt;
    private final String list;
    private final PageCursor cursor;
    private final RowReader reader;
    private final BooleanSupplier goesOn;
    private final SeenRecords seen;
    private OptionalLong firstCount = OptionalLong.empty();
    private boolean textsMissing;
    private ApiException failure;

    /**
     * @param attempt how often the window is walked with this time, from 1
     * @param list    id of the list, or empty where the source has only one
     * @param goesOn  asked before each page
     * @param earlier the ids that earlier walks of this window saw, with the fingerprints of their rows
     */
    ListPages(Scan walk, ScanSchedule.Due due, int attempt, String list, PageCursor cursor, RowReader reader,
            BooleanSupplier goesOn, Map<String, Long> earlier) {
        this.walk = walk;
        this.due = due;
        this.attempt = attempt;
        this.list = list;
        this.cursor = cursor;
        this.reader = reader;
        this.goesOn = goesOn;
        this.seen = new SeenRecords(earlier);
    }

    @Override
    public boolean hasNext() {
        return cursor.hasNext() && !walk.isAborted() && goesOn.getAsBoolean();
    }

    @Override
    public FetchedPage next() {
        try {
            Page page = cursor.next();
            if (page.number() == 1) {
                firstCount = page.count();
            }
            return new FetchedPage(walk, page.number(), newRecords(page));
        } catch (ApiException unanswered) {
            failure = unanswered;
            return new FetchedPage(walk, 0, List.of());
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
        if (textsMissing) {
            shortcomings.add(TEXTS_MISSING);
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
    public boolean isAnswered() {
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

    /** Whether this one of several lists holds nothing, because the account has none such. */
    boolean isRefused() {
        return !list.isEmpty() && failure instanceof ApiRejectedException refusal && refusal.isAbsent();
    }

    private List<FetchedRecord> newRecords(Page page) {
        List<FetchedRecord> records = new ArrayList<>(page.rows().size());
        for (FetchedRecord record : reader.read(page)) {
            textsMissing |= record.isLeft() && walk.source().list().texts().isPresent();
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
        if (!seen.isOfEarlierWalk(record) && !walk.source().list().member().isPresent()) {
            walk.report().seen(1);
        }
        return !seen.isAsInEarlierWalk(record);
    }
}
