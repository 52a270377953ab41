package io.bangwo8stream.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Goes through the pages of one list until the API says that there is no next page, or a page is empty or short.
 * What would never end is ended, and {@linkplain #oddity() said}.
 */
public final class PageCursor {

    /** What is wrong with the paging of the API; the lower-case name with dashes is logged and counted. */
    public enum Oddity {
        /** {@code next_page} names this page or an earlier one. */
        REPEATED_NEXT_PAGE,
        /** A page holds the same rows as a page before it. */
        REPEATED_PAGE,
        /** There were more pages than {@code bangwo8.max-pages}. */
        TOO_MANY_PAGES;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    private final Function<ApiRequest, JsonNode> api;
    private final ApiRequest request;
    private final String items;
    private final int perPage;
    private final int maxPages;
    private final boolean byCount;

    private Page last;
    private Page milestone;
    private long received;
    private boolean more = true;
    private Oddity oddity;

    /**
     * @param items   the member of an answer that holds the rows
     * @param byCount go on while {@code count} promises more, even where {@code next_page} does not
     */
    public PageCursor(
            Function<ApiRequest, JsonNode> api,
            ApiRequest request,
            String items,
            int perPage,
            int maxPages,
            boolean byCount) {
        this.api = api;
        this.request = request;
        this.items = items;
        this.perPage = perPage;
        this.maxPages = maxPages;
        this.byCount = byCount;
    }

    /** Whether another page is to be asked for; says so without asking the API. */
    public boolean hasNext() {
        return more;
    }

    /**
     * Asks for the next page.
     *
     * @throws ApiException as {@link ApiClient#get}; there is no next page afterwards
     */
    public Page next() {
        more = false;
        int number = last == null ? 1 : last.number() + 1;
        Page page = Page.read(request, number, api.apply(request.page(number, perPage)), items);
        if (isRepeated(page)) {
            oddity = Oddity.REPEATED_PAGE;
            return new Page(number, List.of(), page.count(), Page.Next.NONE, 0);
        }
        received += page.rows().size();
        remember(page);
        more = goesOn(page);
        return page;
    }

    /** What ended the paging before its time, if anything did. */
    public Optional<Oddity> oddity() {
        return Optional.ofNullable(oddity);
    }

    /** The number of rows that the latest page promised over all pages. */
    public OptionalLong count() {
        return last == null ? OptionalLong.empty() : last.count();
    }

    /** Whether the pages so far hold fewer rows than the latest of them promised. */
    public boolean isShort() {
        return last != null && received < last.count().orElse(0);
    }

    private boolean isRepeated(Page page) {
        return last != null
                && !page.rows().isEmpty()
                && (page.rows().equals(last.rows()) || page.rows().equals(milestone.rows()));
    }

    /** Brent's way to find a circle: one page kept at each power of two meets every circle, however long. */
    private void remember(Page page) {
        if (Integer.bitCount(page.number()) == 1) {
            milestone = page;
        }
        last = page;
    }

    private boolean goesOn(Page page) {
        boolean counted = page.count().isPresent();
        boolean promised = counted && received < page.count().getAsLong();
        boolean lastByCount = counted && !promised && page.rows().size() < perPage;
        if (page.rows().isEmpty() || lastByCount) {
            return false;
        }
        if (page.next() == Page.Next.NAMED && !byCount && page.nextNumber() > 0 && page.nextNumber() <= page.number()) {
            oddity = Oddity.REPEATED_NEXT_PAGE;
            return false;
        }
        // Where nothing is said at all, only a page that is not full can be the last.
        boolean unsaid = page.next() == Page.Next.UNSAID
                && (promised || !counted && page.rows().size() >= perPage);
        boolean goesOn = page.next() == Page.Next.NAMED || promised && byCount || unsaid;
        if (goesOn && page.number() >= maxPages) {
            oddity = Oddity.TOO_MANY_PAGES;
            return false;
        }
        return goesOn;
    }
}
