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

/** Parses single settings; the {@link IllegalArgumentException} for an invalid text states what is valid. */
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
            throw new IllegalArgumentException("it must be a number and a unit, such as 500ms, 30s, 15m, 1h or 7d");
        }
        return UNITS.get(duration.group(2)).multipliedBy(Long.parseLong(duration.group(1)));
    }

    static Duration positiveDuration(String text) {
        Duration duration = duration(text);
        if (duration.isZero()) {
            throw new IllegalArgumentException("it must be longer than zero, such as 30s");
        }
        return duration;
    }

    static Integer days(String text) {
        Duration span = duration(text);
        if (span.toDays() < 1 || !span.equals(Duration.ofDays(span.toDays()))) {
            throw new IllegalArgumentException("it must be one or more whole days, such as 7d");
        }
        return Math.toIntExact(span.toDays());
    }

    static Function<String, Integer> integerFrom(int minimum) {
        return text -> {
            try {
                int value = Integer.parseInt(text);
                if (value >= minimum) {
                    return value;
                }
            } catch (NumberFormatException notANumber) {
                // the exception below states what is valid
            }
            throw new IllegalArgumentException("it must be a whole number from " + minimum);
        };
    }

    static Double rate(String text) {
        try {
            double rate = Double.parseDouble(text);
            if (rate >= 0 && rate < Double.POSITIVE_INFINITY) {
                return rate;
            }
        } catch (NumberFormatException notANumber) {
            // the exception below states what is valid
        }
        throw new IllegalArgumentException("it must be a number of requests per second, or 0 for no limit");
    }

    static URI origin(String text) {
        // Before credentials are added, requests are compared with this origin character by character.
        String origin = text.replaceFirst("/$", "").toLowerCase(Locale.ROOT);
        if (origin.matches("https?://[^/?#@]*_[^/?#@]*")) {
            throw new IllegalArgumentException(
                    "a host name cannot contain an underscore: use another name of the host, or its IP address");
        }
        try {
            URI uri = URI.create(withoutDefaultPort(origin));
            boolean isHttp = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            if (isHttp
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getRawPath().isEmpty()
                    && uri.getQuery() == null
                    && uri.getFragment() == null) {
                return uri;
            }
        } catch (IllegalArgumentException notAnAddress) {
            // the exception below states what is valid
        }
        throw new IllegalArgumentException("it must be scheme and host only, such as https://www.bangwo8.com");
    }

    /** Without the port that no client names in the header Host. */
    private static String withoutDefaultPort(String origin) {
        return origin.startsWith("https:") ? origin.replaceFirst(":443$", "") : origin.replaceFirst(":80$", "");
    }

    static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException("it must be the name of a time zone, such as Asia/Shanghai", unknown);
        }
    }

    static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException notADate) {
            throw new IllegalArgumentException("it must be a date, such as 2026-01-31", notADate);
        }
    }

    static Boolean bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0" -> false;
            default -> throw new IllegalArgumentException("it must be true or false");
        };
    }

    static String name(String text) {
        if (!text.matches("[A-Za-z0-9._-]{1,100}")) {
            throw new IllegalArgumentException(
                    "it may contain letters, digits, dots, dashes and underscores only, at most 100 characters");
        }
        return text;
    }

    static String id(String text) {
        if (!text.matches("\\d{1,18}")) {
            throw new IllegalArgumentException("it must be a numeric id, such as 223");
        }
        return text;
    }
}
