package io.bangwo8stream.standin;

import java.time.LocalDateTime;

/** Fills the help desk with IM sessions and phone calls of the last days. */
final class SessionAndCallActivity {

    private static final long FIRST_SESSION = 880_000;
    private static final long FIRST_CALL = 770_000;

    private SessionAndCallActivity() {}

    static void fill(HelpDesk desk, SeededRandom random, int count, LocalDateTime now) {
        for (int i = 0; i < count; i++) {
            String time = VendorTime.padded(now.minusHours(4L * (count - i)));
            String session = desk.imSessions().add(SampleRows.imSession(FIRST_SESSION + i, time));
            desk.imSessions().addChat(session, SampleRows.message(false, random.pick(SampleTexts.QUESTIONS), time));
            desk.imSessions().addChat(session, SampleRows.message(true, random.pick(SampleTexts.REPLIES), time));
            String call = desk.calls().add(SampleRows.call(FIRST_CALL + i, time));
            if (random.percent(50)) {
                desk.imSessions().setSummary(session, SampleSummaries.filled("会话总结", "field_1", "已解决"));
                desk.calls().setSummary(call, SampleSummaries.filled("通话总结", "field_1", "已回访"));
            }
        }
    }
}
