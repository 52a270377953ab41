package io.bangwo8stream.config;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads single settings; what does not fit is an {@link IllegalArgumentException} that says what would. */
final class SettingParsers {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));

    private SettingParsers() {}

    static Duration duration(String text) {
        Matcher duration = DURATION.matcher(text);
        if (!duration.matches()) {
            throw new IllegalArgumentException("a duration is a number and a unit, such as 500ms, 30s, 15m, 1h or 7d");
        }
        return UNITS.get(duration.group(2)).multipliedBy(Long.parseLong(duration.group(1)));
    }

    static Duration pause(String text) {
        Duration pause = duration(text);
        if (pause.isZero()) {
            throw new IllegalArgumentException("it must be longer than nothing");
        }
        return pause;
    }

    static Integer days(String text) {
        Duration span = duration(text);
        if (span.toDays() < 1 || !span.equals(Duration.ofDays(span.toDays()))) {
            throw new IllegalArgumentException("it must be whole days, such as 7d");
        }
        return Math.toIntExact(span.toDays());
    }

    static Function<String, Integer> integerFrom(int least) {
        return text -> {
            try {
                int value = Integer.parseInt(text);
                if (value >= least) {
                    return value;
                }
            } catch (NumberFormatException notANumber) {
                // said below
            }
            throw new IllegalArgumentException("it must be a whole number from " + least);
        };
    }

    static Double rate(String text) {
        try {
            double rate = Double.parseDouble(text);
            if (rate >= 0 && rate < Double.POSITIVE_INFINITY) {
                return rate;
            }
        } catch (NumberFormatException notANumber) {
            // said below
        }
        throw new IllegalArgumentException("it must be a number of requests per second, or 0 for no limit");
    }

    static URI origin(String text) {
        try {
            // Requests are compared with it letter by letter before they are signed.
            URI uri = URI.create(text.replaceFirst("/$", "").toLowerCase(Locale.ROOT));
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            if (web
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getRawPath().isEmpty()
                    && uri.getQuery() == null
                    && uri.getFragment() == null) {
                return uri;
            }
        } catch (IllegalArgumentException notAnAddress) {
            // said below
        }
        throw new IllegalArgumentException("it must be scheme and host alone, such as https://www.bangwo8.com");
    }

    static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException("it must be a zone's name, such as Asia/Shanghai", unknown);
        }
    }

    static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException notADate) {
            throw new IllegalArgumentException("it must be a day, such as 2026-01-31", notADate);
        }
    }

    static Boolean yesOrNo(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0" -> false;
            default -> throw new IllegalArgumentException("it must be true or false");
        };
    }

    static String token(String text) {
        if (!text.matches("[A-Za-z0-9._-]{1,100}")) {
            throw new IllegalArgumentException("it may hold letters, digits, dots, dashes and underscores only");
        }
        return text;
    }

    static String id(String text) {
        if (!text.matches("\\d{1,18}")) {
            throw new IllegalArgumentException("an id is a number");
        }
        return text;
    }
}
