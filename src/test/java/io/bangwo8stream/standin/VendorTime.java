package io.bangwo8stream.standin;

import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The API's times: wall-clock times of China without a zone, with padded or unpadded months and days. */
public final class VendorTime {

    /** The zone of all times of the API. */
    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private static final DateTimeFormatter PADDED = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final DateTimeFormatter UNPADDED = DateTimeFormatter.ofPattern("uuuu-M-d HH:mm:ss");
    private static final Pattern DAY = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})(\\s.*)?");

    private VendorTime() {}

    /** The wall-clock time in China. */
    public static LocalDateTime now(Clock clock) {
        return LocalDateTime.ofInstant(clock.instant(), ZONE).withNano(0);
    }

    /** As {@code 2017-08-27 10:21:10}. */
    public static String padded(LocalDateTime time) {
        return PADDED.format(time);
    }

    /** As {@code 2017-8-27 10:21:10}. */
    public static String unpadded(LocalDateTime time) {
        return UNPADDED.format(time);
    }

    /** The day of a padded or unpadded date or time; empty for an invalid text and for the zero date. */
    public static Optional<LocalDate> day(String text) {
        Matcher matcher = DAY.matcher(text.trim());
        if (!matcher.matches()
                || matcher.group(2).matches("0+")
                || matcher.group(3).matches("0+")) {
            return Optional.empty();
        }
        return Optional.of(LocalDate.of(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3))));
    }
}
