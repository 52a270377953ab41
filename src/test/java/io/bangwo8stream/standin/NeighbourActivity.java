package io.bangwo8stream.standin;

import java.time.LocalDateTime;

/** IM sessions and calls of the last days. */
final class NeighbourActivity {

    private static final long FIRST_SESSION = 880_000;
    private static final long FIRST_CALL = 770_000;

    private NeighbourActivity() {}

    static void fill(HelpDesk desk, SeededRandom random, int each, LocalDateTime now) {
        for (int i = 0; i < each; i++) {
            String time = VendorTime.padded(now.minusHours(4L * (each - i)));
            String session = desk.imSessions().add(Rows.imSession(FIRST_SESSION + i, time));
            desk.imSessions().addChat(session, Rows.message(false, random.pick(Phrases.QUESTIONS), time));
            desk.imSessions().addChat(session, Rows.message(true, random.pick(Phrases.REPLIES), time));
            String call = desk.calls().add(Rows.call(FIRST_CALL + i, time));
            if (random.percent(50)) {
                desk.imSessions().setSummary(session, Summaries.filled("会话总结", "field_1", "已解决"));
                desk.calls().setSummary(call, Summaries.filled("通话总结", "field_1", "已回访"));
            }
        }
    }
}
