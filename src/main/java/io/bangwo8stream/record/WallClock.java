package io.bangwo8stream.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneRules;
import java.util.List;

/** Turns the vendor's wall-clock times, which name no zone, into ISO-8601 with an offset. */
final class WallClock {
    private static final String SEPARATORS = "-- ::";
    private static final int PARTS = 6;
    private static final int YEAR_DIGITS = 4;
    private static final String ZERO_DATE = "0000-00-00";

    private final ZoneRules rules;

    WallClock(ZoneId zone) {
        this.rules = zone.getRules();
    }

    /**
     * {@code 2017-08-27T10:21:10+08:00} for "2017-8-27 10:21:10", padded or not; {@link TypingResult#EMPTY} for null, "" and
     * zero dates; {@link TypingResult#NONE} for anything else, a day the calendar or an hour the zone does not have included.
     */
    JsonNode dateTime(JsonNode sent) {
        if (sent.isNull()) {
            return TypingResult.EMPTY;
        }
        if (!sent.isTextual()) {
            return TypingResult.NONE;
        }
        String text = sent.textValue().strip();
        if (text.isEmpty() || text.equals(ZERO_DATE)) {
            return TypingResult.EMPTY;
        }
        int[] parts = parts(text);
        if (parts == null) {
            return TypingResult.NONE;
        }
        return isZero(parts) ? TypingResult.EMPTY : withOffset(parts);
    }

    private JsonNode withOffset(int[] parts) {
        if (!isInCalendar(parts)) {
            return TypingResult.NONE;
        }
        LocalDateTime local = LocalDateTime.of(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]);
        // None in the hour that a change to summer time leaves out, two in the one it repeats: then the first.
        List<ZoneOffset> offsets = rules.getValidOffsets(local);
        // Before zones were introduced offsets had seconds, which RFC 3339 cannot write.
        if (offsets.isEmpty() || offsets.get(0).getTotalSeconds() % 60 != 0) {
            return TypingResult.NONE;
        }
        return LenientJson.NODES.textNode(
                DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(OffsetDateTime.of(local, offsets.get(0))));
    }

    private static boolean isInCalendar(int[] parts) {
        return parts[0] >= 1
                && parts[1] >= 1
                && parts[1] <= 12
                && parts[2] >= 1
                && parts[2] <= Month.of(parts[1]).length(Year.isLeap(parts[0]))
                && parts[3] < 24
                && parts[4] < 60
                && parts[5] < 60;
    }

    private static boolean isZero(int[] parts) {
        for (int part : parts) {
            if (part != 0) {
                return false;
            }
        }
        return true;
    }

    /** Year, month, day, hour, minute, second; {@code null} when the text has another form. */
    private static int[] parts(String text) {
        int[] parts = new int[PARTS];
        int at = 0;
        for (int part = 0; part < PARTS; part++) {
            int end = digitsEnd(text, at, part == 0 ? YEAR_DIGITS : 2);
            if (end == at || part == 0 && end != YEAR_DIGITS) {
                return null;
            }
            parts[part] = Integer.parseInt(text, at, end, 10);
            boolean last = part == PARTS - 1;
            if (last ? end != text.length() : end == text.length() || text.charAt(end) != SEPARATORS.charAt(part)) {
                return null;
            }
            at = end + 1;
        }
        return parts;
    }

    private static int digitsEnd(String text, int from, int most) {
        int at = from;
        while (at < text.length() && at - from < most && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
