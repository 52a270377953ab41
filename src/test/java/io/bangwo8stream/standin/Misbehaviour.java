package io.bangwo8stream.standin;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Applies the faults that hit a call: to the desk and the call before it is answered, then to the answer. */
final class Misbehaviour {

    private final HelpDesk desk;
    private final List<Faults.Hit> hits;

    Misbehaviour(HelpDesk desk, List<Faults.Hit> hits) {
        this.desk = desk;
        this.hits = hits;
    }

    /** How long the answer is held back, in milliseconds. */
    long delayMillis() {
        return hits.stream()
                .filter(hit -> hit.fault().kind() == Fault.Kind.DELAY)
                .mapToLong(hit -> hit.fault().number())
                .sum();
    }

    /** What happens on the wire, if anything. */
    Optional<Fault> onTheWire() {
        return hits.stream()
                .map(Faults.Hit::fault)
                .filter(fault -> switch (fault.kind()) {
                    case NO_ANSWER, CUT_BODY, HUGE_BODY, SLOW_DRIP -> true;
                    default -> false;
                })
                .findFirst();
    }

    /** The answer in place of the true one, if any. */
    Optional<Answer> replacement() {
        return hits.stream()
                .map(Faults.Hit::fault)
                .flatMap(fault -> replacement(fault).stream())
                .findFirst();
    }

    private static Optional<Answer> replacement(Fault fault) {
        return Optional.ofNullable(
                switch (fault.kind()) {
                    case STATUS -> status(fault);
                    case NOT_JSON -> Answer.html(200, "系统维护中");
                    case BODY -> Answer.json(fault.text().getBytes(StandardCharsets.UTF_8));
                    case EMPTY_BODY -> Answer.json(new byte[0]);
                    case ERRCODE -> Answer.errcode(String.valueOf(fault.number()), fault.text());
                    case REDIRECT -> Answer.html(302, "Moved").withHeader("Location", fault.text());
                    default -> null;
                });
    }

    private static Answer status(Fault fault) {
        Answer answer = Answer.html((int) fault.number(), "Error " + fault.number());
        return fault.text().isEmpty() ? answer : answer.withHeader("Retry-After", fault.text());
    }

    /** The call with the list answer's twists; shifts the pages of the desk. */
    Call twisted(Call call) {
        PageTwist twist = call.twist();
        for (Faults.Hit hit : hits) {
            twist = twisted(twist, hit, call);
        }
        return call.withTwist(twist);
    }

    private PageTwist twisted(PageTwist twist, Faults.Hit hit, Call call) {
        Fault fault = hit.fault();
        return switch (fault.kind()) {
            case REPEAT_NEXT_PAGE -> twist.withEndless();
            case REPEAT_PAGE -> twist.withAlwaysPage((int) fault.number());
            case REPEAT_LAST_ROW -> twist.withRepeatLastRow();
            case EXTRA_ROW -> twist.withExtraRow(fault.text());
            case REVERSED_ROWS -> twist.withReversed();
            case NOISY_ROWS -> twist.withNoise(hit.hits());
            case WRONG_COUNT -> twist.withCountOffset((int) fault.number());
            case MOVING_COUNT -> twist.withCountOffset((int) fault.number() * hit.hits());
            case FOREIGN_NEXT_PAGE -> twist.withOrigin(fault.text());
            case SHIFT_PAGES -> shift(twist, call, desk::insertNewest);
            case SHIFT_PAGES_BACK -> shift(twist, call, desk::removeNewest);
            default -> twist;
        };
    }

    private static PageTwist shift(PageTwist twist, Call call, Runnable change) {
        if (call.page() > 1) {
            change.run();
        }
        return twist;
    }
}
