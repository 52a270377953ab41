package io.bangwo8stream.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds whatever the pages of an API say: shifting, repeating, lying about their number. */
@PropertyDefaults(tries = 500, edgeCases = EdgeCasesMode.NONE)
class PageCursorPropertiesTest {

    private static final ApiRequest LIST = new ApiRequest("/list.json", "/list.json", Map.of());
    private static final int PER_PAGE = 3;

    /** What a server says on one page; the last of its pages is said for ever. */
    record Said(List<Integer> rows, String count, String next) {

        JsonNode answer() {
            ObjectNode answer = LenientJson.object();
            ArrayNode list = answer.putArray("rows");
            rows.forEach(list::add);
            put(answer, "count", count);
            put(answer, "next_page", next);
            return answer;
        }

        private static void put(ObjectNode answer, String name, String value) {
            if (!value.equals("unsaid")) {
                answer.put(name, value.equals("none") ? null : value);
            }
        }
    }

    @Provide
    Arbitrary<List<Said>> servers() {
        Arbitrary<List<Integer>> rows =
                Arbitraries.integers().between(1, 6).list().ofMaxSize(PER_PAGE + 1);
        Arbitrary<String> count = Arbitraries.of("unsaid", "none", "", "0", "2", "5", "9", "1000000", "many");
        Arbitrary<String> next = Arbitraries.of(
                "unsaid",
                "none",
                "",
                "https://x.example/?page=1",
                "https://x.example/?page=2",
                "https://x.example/?page=9&per_page=3",
                "https://x.example/");
        return Combinators.combine(rows, count, next)
                .as(Said::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    @Property
    void endsInTimeAndAsksForNoPageTwice(
            @ForAll("servers") List<Said> server,
            @ForAll @IntRange(min = 1, max = 12) int most,
            @ForAll boolean byCount) {
        List<Integer> asked = new ArrayList<>();
        PageCursor cursor =
                new PageCursor(request -> answer(server, request, asked), LIST, "rows", PER_PAGE, most, byCount);

        List<JsonNode> rows = new ArrayList<>();
        while (cursor.hasNext() && asked.size() <= most) {
            rows.addAll(cursor.next().rows());
        }

        assertThat(cursor.hasNext()).isFalse();
        assertThat(asked)
                .hasSizeLessThanOrEqualTo(most)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, asked.size()).boxed().toList());
        assertThat(rows).hasSizeLessThanOrEqualTo(sent(server, asked.size()));
    }

    /** What a sound server lists is had wholly, in whichever of the ways it says that there is more. */
    @Property
    void missesNothingOfASoundServer(
            @ForAll @IntRange(max = 30) int size,
            @ForAll boolean says,
            @ForAll boolean counts,
            @ForAll boolean byCount) {
        List<Integer> asked = new ArrayList<>();
        PageCursor cursor = new PageCursor(
                request -> {
                    int page = page(request, asked);
                    List<Integer> rows = IntStream.range(
                                    Math.min((page - 1) * PER_PAGE, size), Math.min(page * PER_PAGE, size))
                            .boxed()
                            .toList();
                    boolean more = page * PER_PAGE < size;
                    return new Said(
                                    rows,
                                    counts ? Integer.toString(size) : "unsaid",
                                    !says ? "unsaid" : more ? "https://x.example/?page=" + (page + 1) : "none")
                            .answer();
                },
                LIST,
                "rows",
                PER_PAGE,
                100,
                byCount);

        assertThat(new HashSet<>(PageCursorTest.rows(cursor))).hasSize(size);
        assertThat(cursor.oddity()).isEmpty();
        assertThat(cursor.isShort()).isFalse();
        if (says || counts) {
            assertThat(asked).hasSize(Math.max(1, (size + PER_PAGE - 1) / PER_PAGE));
        }
    }

    private static JsonNode answer(List<Said> server, ApiRequest request, List<Integer> asked) {
        return server.get(Math.min(page(request, asked), server.size()) - 1).answer();
    }

    private static int page(ApiRequest request, List<Integer> asked) {
        asked.add(Integer.valueOf(request.query().get("page")));
        return asked.get(asked.size() - 1);
    }

    private static int sent(List<Said> server, int pages) {
        int sent = 0;
        for (int page = 1; page <= pages; page++) {
            sent += server.get(Math.min(page, server.size()) - 1).rows().size();
        }
        return sent;
    }
}
