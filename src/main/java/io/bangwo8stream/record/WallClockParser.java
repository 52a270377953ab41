package io.bangwo8stream.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.List;

/** Converts the vendor's wall-clock times, which contain no time zone, to ISO-8601 with an offset. */
final class WallClockParser {
    private static final String SEPARATORS = "-- ::";
    private static final int PARTS = 6;
    private static final int YEAR_DIGITS = 4;
    private static final String ZERO_DATE = "0000-00-00";

    private final ZoneRules rules;

    WallClockParser(ZoneId zone) {
        this.rules = zone.getRules();
    }

    /**
     * Returns {@code 2017-08-27T10:21:10+08:00} for "2017-8-27 10:21:10", with or without leading zeros,
     * {@link TypingResult#EMPTY} for null, "" and zero dates, and {@link TypingResult#UNPARSABLE} for any other value,
     * including a day that does not exist in the calendar and an hour that does not exist in the time zone.
     */
    JsonNode parseDateTime(JsonNode sent) {
        if (sent.isNull()) {
            return TypingResult.EMPTY;
        }
        if (!sent.isTextual()) {
            return TypingResult.UNPARSABLE;
        }
        String text = sent.textValue().strip();
        if (text.isEmpty() || text.equals(ZERO_DATE)) {
            return TypingResult.EMPTY;
        }
        int[] parts = parseParts(text);
        if (parts == null) {
            return TypingResult.UNPARSABLE;
        }
        return isZero(parts) ? TypingResult.EMPTY : withOffset(parts);
    }

    private JsonNode withOffset(int[] parts) {
        if (!isInCalendar(parts)) {
            return TypingResult.UNPARSABLE;
        }
        LocalDateTime local = LocalDateTime.of(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]);
        // The hour that the change to summer time skips has no offset. The hour that the change back repeats has two
        // offsets, of which the first is used.
        List<ZoneOffset> offsets = rules.getValidOffsets(local);
        // Before standard time zones, offsets had seconds, which RFC 3339 cannot express.
        if (offsets.isEmpty() || offsets.get(0).getTotalSeconds() % 60 != 0) {
            return TypingResult.UNPARSABLE;
        }
        // ISO 8601, whose seconds Java omits where they are 0. A formatter takes several times as long.
        return LenientJson.NODES.textNode(local + (local.getSecond() == 0 ? ":00" : "") + offsets.get(0));
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

    /** Returns year, month, day, hour, minute and second, or {@code null} if the text has another form. */
    private static int[] parseParts(String text) {
        int[] parts = new int[PARTS];
        int position = 0;
        for (int part = 0; part < PARTS; part++) {
            int end = digitsEnd(text, position, part == 0 ? YEAR_DIGITS : 2);
            if (end == position || part == 0 && end != YEAR_DIGITS) {
                return null;
            }
            parts[part] = Integer.parseInt(text, position, end, 10);
            boolean last = part == PARTS - 1;
            if (last ? end != text.length() : end == text.length() || text.charAt(end) != SEPARATORS.charAt(part)) {
                return null;
            }
            position = end + 1;
        }
        return parts;
    }

    private static int digitsEnd(String text, int from, int maxDigits) {
        int position = from;
        while (position < text.length()
                && position - from < maxDigits
                && text.charAt(position) >= '0'
                && text.charAt(position) <= '9') {
            position++;
        }
        return position;
    }
}
