package io.bangwo8stream.standin;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Pages of records and of their chats, the same for remote assistance, IM sessions and calls. */
final class RecordPages {

    // LocalDate.MIN and MAX have years that no date of the API has.
    private static final LocalDate FIRST = LocalDate.MIN;
    private static final LocalDate LAST = LocalDate.MAX;

    private final HelpDesk desk;

    RecordPages(HelpDesk desk) {
        this.desk = desk;
    }

    /** The days asked for, both inclusive. */
    record Window(LocalDate first, LocalDate last) {

        boolean all() {
            return first.equals(FIRST) && last.equals(LAST);
        }

        boolean contains(LocalDate day) {
            return !day.isBefore(first) && !day.isAfter(last);
        }

        /** Empty when a parameter is given and is no date. */
        static Optional<Window> of(Call call, String start, String end) {
            Optional<LocalDate> first = day(call, start, FIRST);
            Optional<LocalDate> last = day(call, end, LAST);
            return first.flatMap(from -> last.map(to -> new Window(from, to)));
        }

        private static Optional<LocalDate> day(Call call, String name, LocalDate otherwise) {
            return call.param(name).map(VendorTime::day).orElse(Optional.of(otherwise));
        }
    }

    /** All records of the window. */
    Answer list(Call call, String member, RecordStore store, Function<DeskRecord, byte[]> row) {
        return answer(
                call,
                member,
                row,
                window -> store.page(window.first(), window.last(), call.servedPage(), call.perPage()));
    }

    /** Some records of the window. */
    Answer list(
            Call call,
            String member,
            RecordStore store,
            Predicate<DeskRecord> wanted,
            Function<DeskRecord, byte[]> row) {
        return answer(
                call,
                member,
                row,
                window -> store.page(window.first(), window.last(), wanted, call.servedPage(), call.perPage()));
    }

    private Answer answer(Call call, String member, Function<DeskRecord, byte[]> row, Function<Window, Slice> page) {
        Optional<Window> window = Window.of(call, "starttime", "endtime");
        if (window.isEmpty()) {
            return Answer.errcode("100010", "starttime or endtime is not a date");
        }
        Slice slice = page.apply(window.get());
        List<byte[]> rows = slice.rows().stream().map(row).toList();
        return ListAnswer.of(call, desk.awkward(), "{\"" + member + "\":[", rows, "]", slice.count());
    }

    /** The chat of the record that the path names; an unknown record has an empty chat. */
    Answer chat(Call call, String open, RecordStore store, Window window) {
        Optional<DeskRecord> found = store.find(call.variable());
        List<byte[]> messages = found.map(held -> window.all() ? held.chatJson() : within(held, window))
                .orElse(List.of());
        List<byte[]> rows = Pages.cut(messages, call.servedPage(), call.perPage());
        return ListAnswer.of(call, desk.awkward(), open, rows, "]}", messages.size());
    }

    private static List<byte[]> within(DeskRecord held, Window window) {
        return held.chat().stream()
                .filter(message -> VendorTime.day(message.path("time").asText(""))
                        .filter(window::contains)
                        .isPresent())
                .map(Json::write)
                .toList();
    }
}
