package io.bangwo8stream.change;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One text for all forms of a number: {@code 123} for {@code 123.00}, {@code "123.00"} and {@code 1.23e2}. */
final class CanonicalNumber {

    /** A number with more digits stays a text, because its conversion would be costly. */
    static final int MAX_DIGITS = 400;

    /** JSON's numbers only: 007 and +86 are numbers of another kind, and their first characters are significant. */
    private static final Pattern NUMBER =
            Pattern.compile("-?+(0|[1-9][0-9]*+)(\\.[0-9]++)?+(?:[eE][+-]?+[0-9]{1,9}+)?+");

    private static final int MAX_LENGTH = MAX_DIGITS + "-.e-999999999".length();

    private CanonicalNumber() {}

    /** Returns the canonical form of a number that was sent as text, and any other text unchanged. */
    static String of(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH || text.charAt(0) > '9') {
            return text;
        }
        Matcher number = NUMBER.matcher(text);
        return number.matches() && digits(number) <= MAX_DIGITS ? of(new BigDecimal(text)) : text;
    }

    /** Returns the canonical form of a number, or a number with too many digits as it was sent. */
    static String of(BigDecimal number) {
        if (number.precision() > MAX_DIGITS) {
            return number.toString();
        }
        return plain(number.stripTrailingZeros());
    }

    /** Returns the number as text with its decimal places: without an exponent unless the text would be too long. */
    static String plain(BigDecimal number) {
        long digits = number.scale() <= 0
                ? number.precision() - (long) number.scale()
                : Math.max(number.precision(), number.scale() + 1L);
        // Written out in full, 1e999999 would take a megabyte.
        return digits <= MAX_DIGITS ? number.toPlainString() : number.unscaledValue() + "E" + -(long) number.scale();
    }

    private static int digits(Matcher number) {
        String fraction = number.group(2);
        return number.group(1).length() + (fraction == null ? 0 : fraction.length() - 1);
    }
}
