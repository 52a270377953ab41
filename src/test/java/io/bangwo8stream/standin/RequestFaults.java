package io.bangwo8stream.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The faults of one request: they change the help desk and the request first, then the response. */
final class RequestFaults {

    private final HelpDesk desk;
    private final List<FaultInjector.AppliedFault> faults;

    RequestFaults(HelpDesk desk, List<FaultInjector.AppliedFault> faults) {
        this.desk = desk;
        this.faults = faults;
    }

    /** The delay of the response, in milliseconds. */
    long delayMillis() {
        return faults.stream()
                .filter(appliedFault -> appliedFault.fault().kind() == Fault.Kind.DELAY)
                .mapToLong(appliedFault -> appliedFault.fault().number())
                .sum();
    }

    /** The fault that changes how the response is sent, if any. */
    Optional<Fault> transportFault() {
        return faults.stream()
                .map(FaultInjector.AppliedFault::fault)
                .filter(fault -> switch (fault.kind()) {
                    case NO_RESPONSE, CUT_BODY, HUGE_BODY, SLOW_BODY -> true;
                    default -> false;
                })
                .findFirst();
    }

    /** The response that replaces the regular one, if any. */
    Optional<StandInResponse> replacement() {
        return faults.stream()
                .map(FaultInjector.AppliedFault::fault)
                .flatMap(fault -> replacement(fault).stream())
                .findFirst();
    }

    private static Optional<StandInResponse> replacement(Fault fault) {
        return Optional.ofNullable(
                switch (fault.kind()) {
                    case STATUS -> status(fault);
                    case NOT_JSON -> StandInResponse.html(200, "系统维护中");
                    case BODY -> StandInResponse.json(fault.text().getBytes(StandardCharsets.UTF_8));
                    case EMPTY_BODY -> StandInResponse.json(new byte[0]);
                    case ERRCODE -> StandInResponse.errcode(String.valueOf(fault.number()), fault.text());
                    case REDIRECT -> StandInResponse.html(302, "Moved").withHeader("Location", fault.text());
                    default -> null;
                });
    }

    /** The regular response, or what the API sends instead because it cannot encode a row of it. */
    StandInResponse encode(StandInResponse response) {
        String body = new String(response.body(), StandardCharsets.UTF_8);
        return faults.stream()
                .map(FaultInjector.AppliedFault::fault)
                .filter(fault -> fault.kind() == Fault.Kind.UNSENDABLE_ROW)
                .filter(fault -> Pattern.compile("\"(csId|ticketId)\":\"?" + fault.number() + "\\b")
                        .matcher(body)
                        .find())
                .findFirst()
                .map(fault -> unsendable(fault.text()))
                .orElseGet(() -> encode(response, body));
    }

    private static StandInResponse unsendable(String status) {
        return status.isEmpty()
                ? StandInResponse.json(new byte[0])
                : StandInResponse.html(Integer.parseInt(status), "Error " + status);
    }

    private StandInResponse encode(StandInResponse response, String body) {
        StandInResponse encoded = response;
        String text = body;
        for (FaultInjector.AppliedFault appliedFault : faults) {
            Fault fault = appliedFault.fault();
            switch (fault.kind()) {
                case RAW_TEXT ->
                    text = text.replace(
                            fault.text().split("~", 2)[0], fault.text().split("~", 2)[1]);
                case TEXT_BEFORE -> text = fault.text() + text;
                case CHARSET ->
                    encoded = encoded.withHeader("Content-Type", "application/json; charset=" + fault.text())
                            .withBody(text.getBytes(Charset.forName(fault.text())));
                default -> {}
            }
        }
        return encoded != response || text.equals(body)
                ? encoded
                : response.withBody(text.getBytes(StandardCharsets.UTF_8));
    }

    private static StandInResponse status(Fault fault) {
        StandInResponse response = StandInResponse.html((int) fault.number(), "Error " + fault.number());
        return fault.text().isEmpty() ? response : response.withHeader("Retry-After", fault.text());
    }

    /** The request with the modifications of its list response; changes the help desk for shifted pages. */
    StandInRequest applyTo(StandInRequest request) {
        PageModification modification = request.modification();
        StandInRequest limited = request;
        for (FaultInjector.AppliedFault appliedFault : faults) {
            modification = apply(modification, appliedFault, request);
            if (appliedFault.fault().kind() == Fault.Kind.PAGE_LIMIT) {
                limited = limited.withPageLimit((int) appliedFault.fault().number());
            }
        }
        return limited.withModification(modification);
    }

    private PageModification apply(
            PageModification modification, FaultInjector.AppliedFault appliedFault, StandInRequest request) {
        Fault fault = appliedFault.fault();
        return switch (fault.kind()) {
            case REPEAT_NEXT_PAGE -> modification.withRepeatNextPage();
            case REPEAT_PAGE -> modification.withFixedPage((int) fault.number());
            case REPEAT_LAST_ROW -> modification.withRepeatLastRow();
            case EXTRA_ROW -> modification.withExtraRow(fault.text());
            case REVERSED_ROWS -> modification.withReverseRows();
            case REFORMATTED_ROWS -> modification.withReformatSeed(appliedFault.applications());
            case WRONG_COUNT -> modification.withCountOffset((int) fault.number());
            case CHANGING_COUNT -> modification.withCountOffset((int) fault.number() * appliedFault.applications());
            case FOREIGN_NEXT_PAGE -> modification.withLinkOrigin(fault.text());
            case SHIFT_PAGES -> shift(modification, request, desk::insertNewest);
            case SHIFT_PAGES_BACK -> shift(modification, request, desk::removeNewest);
            case SHIFT_PAGES_UNCOUNTED -> shift(modification, request, desk::replaceNewest);
            case WITHDRAWN_MESSAGE -> shift(modification, request, () -> changeChat(request, chat -> chat.remove(0)));
            case INSERTED_MESSAGE ->
                shift(modification, request, () -> changeChat(request, chat -> chat.add(0, message(fault))));
            default -> modification;
        };
    }

    private void changeChat(StandInRequest request, Consumer<List<ObjectNode>> change) {
        desk.remoteRecords().changeChat(request.variable(), change);
    }

    private static ObjectNode message(Fault fault) {
        return SampleRows.message(true, fault.text(), "2018-10-24 15:14:12");
    }

    private static PageModification shift(PageModification modification, StandInRequest request, Runnable change) {
        if (request.page() > 1) {
            change.run();
        }
        return modification;
    }
}
