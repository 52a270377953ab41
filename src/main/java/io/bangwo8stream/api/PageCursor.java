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

    private final ListCount counts = new ListCount();
    private Page last;
    private Page milestone;
    private long received;
    private int pageSize;
    private boolean more = true;
    private boolean probing;
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
        return requestBehind(0);
    }

    /** The request for the page that is {@code pages} behind the next one, which there may not be. */
    public ApiRequest requestBehind(int pages) {
        return request.page(number() + pages, perPage);
    }

    /**
     * Reads the response to {@link #nextRequest()}.
     *
     * @param response JSON's missing node where the API has no such page
     * @throws ApiException when it is no page; there is no next page then
     */
    public Page accept(JsonNode response) {
        int number = number();
        Page page = Page.read(request, number, response, recordsPath);
        if (response.isMissingNode() && isPromised() && !byCount) {
            throw new ApiRejectedException(
                    "404", "%s?page=%d does not exist, but count promises more rows".formatted(request, number));
        }
        if (isRepeated(page)) {
            // A list without pages has the same rows on each.
            oddity = probing ? null : Oddity.REPEATED_PAGE;
            return new Page(number, List.of(), page.count(), Page.Next.NONE, 0);
        }
        received += page.rows().size();
        remember(page, page.rows().size());
        more = continues(page);
        return page;
    }

    /**
     * Continues after a page that could only be read in parts; its rows are those that can be read.
     */
    public Page acceptParts(PageSplitter.Result parts) {
        int size = parts.rows().size() + parts.unreadable().size();
        Page page = parts.page(number());
        received += size;
        remember(page, size);
        boolean promised = page.count().isPresent() ? received < page.count().getAsLong() : size >= perPage;
        more = promised && page.number() < maxPages;
        if (promised && !more) {
            oddity = Oddity.TOO_MANY_PAGES;
        }
        return page;
    }

    /** The number of the next page, or of the one that failed, when {@link #accept} was not called. */
    public int number() {
        return last == null ? 1 : last.number() + 1;
    }

    /** Rows of a full page: as many as are asked for, or fewer where the API limits them without saying so. */
    public int pageSize() {
        return pageSize == 0 ? perPage : pageSize;
    }

    /** What ended the paging before all rows were listed, if anything did. */
    public Optional<Oddity> oddity() {
        return Optional.ofNullable(oddity);
    }

    /** The number of rows of all pages that the latest response stated. */
    public OptionalLong count() {
        return counts.stated();
    }

    /** Whether the number of rows that the responses state has changed. */
    public boolean isCountChanged() {
        return counts.isChanged();
    }

    /** Whether the pages so far hold fewer rows than the latest of them promised. */
    public boolean isShort() {
        return received < count().orElse(0);
    }

    private boolean isPromised() {
        return last != null && isShort();
    }

    private boolean isRepeated(Page page) {
        return last != null
                && !page.rows().isEmpty()
                && (page.rows().equals(last.rows()) || page.rows().equals(milestone.rows()));
    }

    /** Brent's cycle detection: the page kept at each power of two finds a pagination cycle of any length. */
    private void remember(Page page, int size) {
        if (Integer.bitCount(page.number()) == 1) {
            milestone = page;
        }
        if (page.number() == 1) {
            pageSize = Math.min(size, perPage);
        }
        counts.add(page, size);
        last = page;
    }

    private boolean continues(Page page) {
        probing = false;
        if (page.rows().isEmpty() || isLastByCount(page)) {
            return false;
        }
        if (page.next() == Page.Next.NAMED && !byCount && page.nextNumber() > 0 && page.nextNumber() <= page.number()) {
            oddity = Oddity.REPEATED_NEXT_PAGE;
            return false;
        }
        boolean continues = page.next() == Page.Next.NAMED
                || isShort() && (byCount || page.next() == Page.Next.UNSTATED)
                || page.next() == Page.Next.UNSTATED && mayContinue(page);
        if (continues && page.number() >= maxPages) {
            oddity = probing ? null : Oddity.TOO_MANY_PAGES;
            return false;
        }
        return continues;
    }

    /** Whether a page that is not full reaches the count; a count that is too low proves nothing. */
    private boolean isLastByCount(Page page) {
        return count().isPresent()
                && received == count().getAsLong()
                && page.rows().size() < perPage;
    }

    /**
     * Where nothing states a next page, only a page that is not full can be the last. How many rows are full, and whether
     * the count is that of the page alone, shows after one more request.
     */
    private boolean mayContinue(Page page) {
        boolean known = count().isPresent() && received <= count().getAsLong();
        boolean countOfPage = known && page.rows().size() >= perPage;
        probing = page.number() == 1 && (!known || countOfPage);
        return probing || !known && page.rows().size() >= pageSize;
    }
}
