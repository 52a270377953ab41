package io.bangwo8stream.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Parses the vendor's numbers, which the API sends as numbers or as strings; an empty number is "". */
final class NumberParser {
    /** Limits the digits and the scale, because larger numbers take much time and memory. */
    private static final int MAX_DIGITS = 100;

    private static final int MAX_TEXT_LENGTH = MAX_DIGITS + 20;
    private static final int MAX_EXPONENT_DIGITS = 3;
    /** Every number of at most this many digits fits into an int. */
    private static final int SAFE_INT_DIGITS = 9;

    private NumberParser() {}

    /**
     * Returns an integer node for 5, 5.0, "5", " 5 ", "05" or "5.0", {@link TypingResult#EMPTY} for null and "", and
     * {@link TypingResult#UNPARSABLE} for any other value.
     */
    static JsonNode parseInteger(JsonNode sent) {
        if (sent.isInt() || sent.isNull()) {
            return sent;
        }
        if (sent.isTextual()) {
            String text = sent.textValue().strip();
            if (isShortInteger(text)) {
                return LenientJson.NODES.numberNode(Integer.parseInt(text));
            }
            return text.isEmpty() ? TypingResult.EMPTY : toInteger(parse(text));
        }
        return toInteger(toDecimal(sent));
    }

    /**
     * Returns a decimal node with the scale as sent for 234.00 or "234.00", {@link TypingResult#EMPTY} for null and "",
     * and {@link TypingResult#UNPARSABLE} for any other value.
     */
    static JsonNode parseDecimal(JsonNode sent) {
        if (sent.isNull()) {
            return TypingResult.EMPTY;
        }
        BigDecimal number;
        if (sent.isTextual()) {
            String text = sent.textValue().strip();
            if (text.isEmpty()) {
                return TypingResult.EMPTY;
            }
            number = parse(text);
        } else {
            number = toDecimal(sent);
        }
        return number == null ? TypingResult.UNPARSABLE : LenientJson.NODES.numberNode(withoutExponent(number));
    }

    /** Returns a number as text: without an exponent, unless the number exceeds the limits. */
    static String toText(JsonNode number) {
        BigDecimal decimal = toDecimal(number);
        return decimal == null ? number.asText() : withoutExponent(decimal).toPlainString();
    }

    private static JsonNode toInteger(BigDecimal number) {
        BigDecimal shortest = number == null || number.scale() <= 0 ? number : number.stripTrailingZeros();
        if (shortest == null || shortest.scale() > 0) {
            return TypingResult.UNPARSABLE;
        }
        BigInteger integer = shortest.toBigInteger();
        if (integer.bitLength() < Integer.SIZE) {
            return LenientJson.NODES.numberNode(integer.intValue());
        }
        return integer.bitLength() < Long.SIZE
                ? LenientJson.NODES.numberNode(integer.longValue())
                : LenientJson.NODES.numberNode(integer);
    }

    /** Turns 1E+2 into 100: JSON allows both, but people read prices too. */
    private static BigDecimal withoutExponent(BigDecimal number) {
        return number.scale() < 0 ? number.setScale(0) : number;
    }

    private static BigDecimal toDecimal(JsonNode sent) {
        if (!sent.isNumber() || sent.isDouble() && !Double.isFinite(sent.doubleValue())) {
            return null;
        }
        return withinLimits(sent.decimalValue());
    }

    private static BigDecimal parse(String text) {
        return text.length() <= MAX_TEXT_LENGTH && isNumber(text) ? withinLimits(new BigDecimal(text)) : null;
    }

    private static BigDecimal withinLimits(BigDecimal number) {
        return Math.abs((long) number.scale()) <= MAX_DIGITS && number.precision() <= MAX_DIGITS ? number : null;
    }

    private static boolean isShortInteger(String text) {
        return !text.isEmpty() && text.length() <= SAFE_INT_DIGITS && digitsEnd(text, 0) == text.length();
    }

    /**
     * Whether BigDecimal accepts the text: sign, digits with at most one point, short exponent. This check avoids an
     * exception for each invalid value.
     */
    private static boolean isNumber(String text) {
        int start = afterSign(text, 0);
        int point = digitsEnd(text, start);
        int digits = point - start;
        int position = point;
        if (position < text.length() && text.charAt(position) == '.') {
            position = digitsEnd(text, point + 1);
            digits += position - point - 1;
        }
        if (digits > 0 && position < text.length() && (text.charAt(position) | ' ') == 'e') {
            int exponent = afterSign(text, position + 1);
            position = digitsEnd(text, exponent);
            return position == text.length() && position > exponent && position - exponent <= MAX_EXPONENT_DIGITS;
        }
        return digits > 0 && position == text.length();
    }

    private static int afterSign(String text, int position) {
        return position < text.length() && (text.charAt(position) == '-' || text.charAt(position) == '+')
                ? position + 1
                : position;
    }

    private static int digitsEnd(String text, int from) {
        int position = from;
        while (position < text.length() && text.charAt(position) >= '0' && text.charAt(position) <= '9') {
            position++;
        }
        return position;
    }
}
