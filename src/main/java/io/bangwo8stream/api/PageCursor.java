package io.bangwo8stream.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Goes through the pages of one list until the API states that there is no next page, or a page is empty or short. A
 * caller sends {@link #nextRequest()} and hands the response to {@link #accept}. Paging without an end is ended, and
 * {@link #oddity()} names the reason.
 */
public final class PageCursor {

    /** What is wrong with the paging of the API; the log and the metrics show the lower-case name with dashes. */
    public enum Oddity {
        /** {@code next_page} names this page or an earlier one. */
        REPEATED_NEXT_PAGE,
        /** A page holds the same rows as a page before it. */
        REPEATED_PAGE,
        /** There are more pages than {@code bangwo8.max-pages}. */
        TOO_MANY_PAGES;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    private final ApiRequest request;
    private final String recordsPath;
    private final int perPage;
    private final int maxPages;
    private final boolean byCount;

    private Page last;
    private Page milestone;
    private long received;
    private boolean more = true;
    private Oddity oddity;

    /**
     * @param recordsPath the member of a response that holds the rows
     * @param perPage     rows asked for with a page
     * @param maxPages    pages after which the paging ends
     * @param byCount     whether to go on while {@code count} promises more rows, even where {@code next_page} does not
     */
    public PageCursor(ApiRequest request, String recordsPath, int perPage, int maxPages, boolean byCount) {
        this.request = request;
        this.recordsPath = recordsPath;
        this.perPage = perPage;
        this.maxPages = maxPages;
        this.byCount = byCount;
    }

    /** Whether there is another page to request. */
    public boolean hasNext() {
        return more;
    }

    /** The request for the next page. Unless {@link #accept} takes its response, it is the last one. */
    public ApiRequest nextRequest() {
        more = false;
        return request.page(number(), perPage);
    }

    /**
     * Reads the response to {@link #nextRequest()}.
     *
     * @throws ApiException when it is no page; there is no next page then
     */
    public Page accept(JsonNode response) {
        int number = number();
        Page page = Page.read(request, number, response, recordsPath);
        if (isRepeated(page)) {
            oddity = Oddity.REPEATED_PAGE;
            return new Page(number, List.of(), page.count(), Page.Next.NONE, 0);
        }
        received += page.rows().size();
        remember(page);
        more = continues(page);
        return page;
    }

    /**
     * Continues after a page that could only be read in parts.
     *
     * @param rows       of the page, as far as they can be read
     * @param unreadable number of the other rows
     * @param count      rows of all pages, where a response states it
     */
    public Page acceptParts(List<JsonNode> rows, int unreadable, OptionalLong count) {
        int size = rows.size() + unreadable;
        Page page = new Page(number(), rows, count, Page.Next.UNSTATED, 0);
        received += size;
        remember(page);
        boolean promised = count.isPresent() ? received < count.getAsLong() : size >= perPage;
        more = promised && page.number() < maxPages;
        if (promised && !more) {
            oddity = Oddity.TOO_MANY_PAGES;
        }
        return page;
    }

    /** The number of the page that failed, when {@link #accept} was not called. */
    public int failedNumber() {
        return number();
    }

    /** Rows asked for with a page. */
    public int perPage() {
        return perPage;
    }

    private int number() {
        return last == null ? 1 : last.number() + 1;
    }

    /** What ended the paging before all rows were listed, if anything did. */
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

    /** Brent's cycle detection: the page kept at each power of two finds a pagination cycle of any length. */
    private void remember(Page page) {
        if (Integer.bitCount(page.number()) == 1) {
            milestone = page;
        }
        last = page;
    }

    private boolean continues(Page page) {
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
        // Without a count and a next page, only a page that is not full can be the last.
        boolean unstated = page.next() == Page.Next.UNSTATED
                && (promised || !counted && page.rows().size() >= perPage);
        boolean continues = page.next() == Page.Next.NAMED || promised && byCount || unstated;
        if (continues && page.number() >= maxPages) {
            oddity = Oddity.TOO_MANY_PAGES;
            return false;
        }
        return continues;
    }
}
