package io.bangwo8stream.standin;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Creates the list and chat responses, in the same form for remote assistance, IM sessions and calls. */
final class RecordResponseFactory {

    private final HelpDesk desk;

    RecordResponseFactory(HelpDesk desk) {
        this.desk = desk;
    }

    /** One page of all records of the requested days. */
    StandInResponse list(
            StandInRequest request, String member, RecordStore store, Function<HelpDeskRecord, byte[]> row) {
        return list(
                request,
                member,
                row,
                days -> store.page(days.first(), days.last(), request.servedPage(), request.perPage()));
    }

    /** One page of the wanted records of the requested days. */
    StandInResponse list(
            StandInRequest request,
            String member,
            RecordStore store,
            Predicate<HelpDeskRecord> wanted,
            Function<HelpDeskRecord, byte[]> row) {
        return list(
                request,
                member,
                row,
                days -> store.page(days.first(), days.last(), wanted, request.servedPage(), request.perPage()));
    }

    private StandInResponse list(
            StandInRequest request,
            String member,
            Function<HelpDeskRecord, byte[]> row,
            Function<DayRange, RecordPage> pageOf) {
        Optional<DayRange> days = DayRange.of(request, "starttime", "endtime");
        if (days.isEmpty()) {
            return StandInResponse.errcode("100010", "starttime or endtime is not a date");
        }
        RecordPage page = pageOf.apply(days.get());
        List<byte[]> rows = page.rows().stream().map(row).toList();
        return ListResponse.of(request, desk.hasIrregularResponses(), "{\"" + member + "\":[", rows, "]", page.count());
    }

    /** One page of the chat of the record in the path; the chat of an unknown record is empty. */
    StandInResponse chat(StandInRequest request, String open, RecordStore store, DayRange days) {
        Optional<HelpDeskRecord> found = store.find(request.variable());
        List<byte[]> messages = found.map(record -> days.containsAll() ? record.chatJson() : within(record, days))
                .orElse(List.of());
        List<byte[]> rows = Paging.pageOf(messages, request.servedPage(), request.perPage());
        return ListResponse.of(request, desk.hasIrregularResponses(), open, rows, "]}", messages.size());
    }

    private static List<byte[]> within(HelpDeskRecord record, DayRange days) {
        return record.chat().stream()
                .filter(message -> VendorTime.day(message.path("time").asText(""))
                        .filter(days::contains)
                        .isPresent())
                .map(Json::write)
                .toList();
    }
}
