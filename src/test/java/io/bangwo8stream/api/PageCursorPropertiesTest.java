package io.bangwo8stream.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.fuzz.FuzzTime;
import io.bangwo8stream.record.LenientJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Properties that hold for any pages of an API: with shifted or repeated rows, and with wrong or missing counts. */
@AddLifecycleHook(FuzzTime.class)
@PropertyDefaults(tries = FuzzTime.UNLIMITED, generation = GenerationMode.RANDOMIZED, edgeCases = EdgeCasesMode.NONE)
class PageCursorPropertiesTest {

    private static final ApiRequest LIST = new ApiRequest("/list.json", "/list.json", Map.of());
    private static final int PER_PAGE = 3;

    /** The value of a member that a response does not have. */
    private static final String ABSENT = "absent";

    /** One page of a server; a server repeats its last page for every higher page number. */
    record ServerPage(List<Integer> rows, String count, String next) {

        JsonNode response() {
            ObjectNode response = LenientJson.object();
            ArrayNode list = response.putArray("rows");
            rows.forEach(list::add);
            put(response, "count", count);
            put(response, "next_page", next);
            return response;
        }

        private static void put(ObjectNode response, String name, String value) {
            if (!value.equals(ABSENT)) {
                response.put(name, value.equals("none") ? null : value);
            }
        }
    }

    @Provide
    Arbitrary<List<ServerPage>> servers() {
        Arbitrary<List<Integer>> rows =
                Arbitraries.integers().between(1, 6).list().ofMaxSize(PER_PAGE + 1);
        Arbitrary<String> count = Arbitraries.of(ABSENT, "none", "", "0", "2", "5", "9", "1000000", "many");
        Arbitrary<String> next = Arbitraries.of(
                ABSENT,
                "none",
                "",
                "https://x.example/?page=1",
                "https://x.example/?page=2",
                "https://x.example/?page=9&per_page=3",
                "https://x.example/");
        return Combinators.combine(rows, count, next)
                .as(ServerPage::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    @Property
    void endsWithinTheMaximumNumberOfPagesAndRequestsNoPageTwice(
            @ForAll("servers") List<ServerPage> server,
            @ForAll @IntRange(min = 1, max = 12) int maxPages,
            @ForAll boolean byCount) {
        List<Integer> requestedPages = new ArrayList<>();
        PageCursorDriver cursor = new PageCursorDriver(
                new PageCursor(LIST, "rows", PER_PAGE, maxPages, byCount),
                request -> response(server, request, requestedPages));

        List<JsonNode> rows = new ArrayList<>();
        while (cursor.hasNext() && requestedPages.size() <= maxPages) {
            rows.addAll(cursor.next().rows());
        }

        assertThat(cursor.hasNext()).isFalse();
        assertThat(requestedPages)
                .hasSizeLessThanOrEqualTo(maxPages)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, requestedPages.size()).boxed().toList());
        assertThat(rows).hasSizeLessThanOrEqualTo(rowsSent(server, requestedPages.size()));
    }

    /** A server may announce more rows with a next page, with a count, with both or with neither. */
    @Property
    void readsAllRowsOfACorrectServer(
            @ForAll @IntRange(max = 30) int size,
            @ForAll boolean namesNextPage,
            @ForAll boolean statesCount,
            @ForAll boolean byCount) {
        List<Integer> requestedPages = new ArrayList<>();
        PageCursorDriver pages = new PageCursorDriver(new PageCursor(LIST, "rows", PER_PAGE, 100, byCount), request -> {
            int page = page(request, requestedPages);
            List<Integer> rows = IntStream.range(Math.min((page - 1) * PER_PAGE, size), Math.min(page * PER_PAGE, size))
                    .boxed()
                    .toList();
            boolean more = page * PER_PAGE < size;
            return new ServerPage(
                            rows,
                            statesCount ? Integer.toString(size) : ABSENT,
                            !namesNextPage ? ABSENT : more ? "https://x.example/?page=" + (page + 1) : "none")
                    .response();
        });

        assertThat(new HashSet<>(PageCursorTest.rows(pages))).hasSize(size);
        assertThat(pages.cursor().oddity()).isEmpty();
        assertThat(pages.cursor().isShort()).isFalse();
        if (namesNextPage || statesCount) {
            // The count of a full first page without a next page may be that of the page.
            int probe = size == PER_PAGE && !namesNextPage ? 1 : 0;
            assertThat(requestedPages).hasSize(Math.max(1, (size + PER_PAGE - 1) / PER_PAGE) + probe);
        }
    }

    private static JsonNode response(List<ServerPage> server, ApiRequest request, List<Integer> requestedPages) {
        return server.get(Math.min(page(request, requestedPages), server.size()) - 1)
                .response();
    }

    private static int page(ApiRequest request, List<Integer> requestedPages) {
        requestedPages.add(Integer.valueOf(request.query().get("page")));
        return requestedPages.get(requestedPages.size() - 1);
    }

    private static int rowsSent(List<ServerPage> server, int pages) {
        int rowsSent = 0;
        for (int page = 1; page <= pages; page++) {
            rowsSent += server.get(Math.min(page, server.size()) - 1).rows().size();
        }
        return rowsSent;
    }
}
