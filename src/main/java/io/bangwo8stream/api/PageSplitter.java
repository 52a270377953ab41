package io.bangwo8stream.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Reads a page that fails as a whole: requests its halves, the halves of a half that fails, and so on, until each row
 * that the API cannot send stands alone.
 */
public final class PageSplitter {

    /** One bad row fails one part of each level; two levels without any success are a failure of the API. */
    private static final int FAILED_LEVELS = 2;

    private final ApiClient api;
    private final ApiRequest list;
    private final String recordsPath;
    private final TreeMap<Long, List<JsonNode>> parts = new TreeMap<>();
    private final TreeMap<Long, ApiException> unreadable = new TreeMap<>();
    private OptionalLong count = OptionalLong.empty();
    private int failedLevels;
    private boolean firstPage;
    /** Rows of a page, where the API sends fewer than asked for; else 0. */
    private int limit;

    public PageSplitter(ApiClient api, ApiRequest list, String recordsPath) {
        this.api = api;
        this.list = list.withoutRetries();
        this.recordsPath = recordsPath;
    }

    /**
     * What can be read of a page.
     *
     * @param rows       in the API's order
     * @param unreadable the rows that cannot be read
     * @param count      rows of the whole list, where a response states it
     */
    public record Result(List<JsonNode> rows, List<Unreadable> unreadable, OptionalLong count) {

        /** The rows that can be read as the page {@code number}, which says nothing about the next one. */
        public Page page(int number) {
            return new Page(number, rows, count, Page.Next.UNSTATED, 0);
        }
    }

    /**
     * A row that the API cannot send.
     *
     * @param position  in the list, from 1
     * @param neighbour a row next to it, or JSON's missing node where there is none
     * @param cause     why it cannot be read
     */
    public record Unreadable(long position, JsonNode neighbour, ApiException cause) {}

    /**
     * Reads the page {@code number} of {@code size} rows, which failed with {@code failure}.
     *
     * @throws ApiException {@code failure}, when the API fails whatever part is requested
     */
    public Result split(int number, int size, ApiException failure) {
        firstPage = number == 1;
        List<Part> failed = List.of(new Part((number - 1L) * size, size, failure));
        while (!failed.isEmpty() && limit == 0) {
            failed = halves(failed, failure);
        }
        if (limit > 0) {
            return new PageSplitter(api, list, recordsPath).split(number, limit, failure);
        }
        if (parts.isEmpty()) {
            throw failure;
        }
        List<JsonNode> rows = new ArrayList<>();
        parts.values().forEach(rows::addAll);
        List<Unreadable> alone = new ArrayList<>();
        unreadable.forEach((position, cause) -> alone.add(new Unreadable(position, neighbour(position), cause)));
        return new Result(rows, alone, count);
    }

    private JsonNode neighbour(long position) {
        for (Map.Entry<Long, List<JsonNode>> before = parts.lowerEntry(position);
                before != null;
                before = parts.lowerEntry(before.getKey())) {
            if (!before.getValue().isEmpty()) {
                return before.getValue().get(before.getValue().size() - 1);
            }
        }
        return parts.tailMap(position).values().stream()
                .flatMap(List::stream)
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    private record Part(long offset, int size, ApiException failure) {}

    private List<Part> halves(List<Part> level, ApiException failure) {
        List<Part> failed = new ArrayList<>();
        boolean anyRead = false;
        for (Part part : level) {
            if (part.size() == 1) {
                unreadable.put(part.offset() + 1, part.failure());
                continue;
            }
            int size = part.size() / divisor(part.size());
            for (long offset = part.offset(); offset < part.offset() + part.size() && limit == 0; offset += size) {
                anyRead |= request(offset, size, failed);
            }
        }
        failedLevels = anyRead ? 0 : failedLevels + 1;
        if (!failed.isEmpty() && failedLevels >= FAILED_LEVELS) {
            throw failure;
        }
        return failed;
    }

    private boolean request(long offset, int size, List<Part> failed) {
        int page = (int) (offset / size) + 1;
        try {
            Page read = Page.read(list, page, api.get(list.page(page, size)), recordsPath);
            count = read.count().isPresent() ? read.count() : count;
            if (isLimited(read, offset, size)) {
                limit = read.rows().size();
                return true;
            }
            parts.put(offset, read.rows());
            return true;
        } catch (ApiException again) {
            failed.add(new Part(offset, size, again));
            return false;
        }
    }

    /**
     * Whether the API sends fewer rows than asked for, so that the first page, and each of its parts, holds other rows.
     * Behind the first page the number of its rows is known.
     */
    private boolean isLimited(Page read, long offset, int size) {
        long promised = count.orElse(offset + read.rows().size());
        return firstPage
                && !read.rows().isEmpty()
                && read.rows().size() < size
                && (promised >= offset + size || promised <= offset);
    }

    /** The smallest divisor, so that the parts of a page are pages of a smaller size. */
    private static int divisor(int size) {
        for (int divisor = 2; (long) divisor * divisor <= size; divisor++) {
            if (size % divisor == 0) {
                return divisor;
            }
        }
        return size;
    }
}
