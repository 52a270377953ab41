package io.bangwo8stream.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Reads the vendor's numbers, which arrive as numbers or as strings, empty ones as "". */
final class Numbers {
    /** Bounds digits and exponent alike: beyond it a number costs time and memory out of all proportion. */
    private static final int MAX_DIGITS = 100;

    private static final int MAX_TEXT = MAX_DIGITS + 20;
    private static final int MAX_EXPONENT_DIGITS = 3;
    /** Texts of digits this short fit an int whatever they are. */
    private static final int SAFE_INT_DIGITS = 9;

    private Numbers() {}

    /** An integer node for 5, 5.0, "5", " 5 ", "05" or "5.0"; {@link TypingResult#EMPTY} or {@link TypingResult#NONE} otherwise. */
    static JsonNode integer(JsonNode sent) {
        if (sent.isInt() || sent.isNull()) {
            return sent;
        }
        if (sent.isTextual()) {
            String text = sent.textValue().strip();
            if (isShortInteger(text)) {
                return LenientJson.NODES.numberNode(Integer.parseInt(text));
            }
            return text.isEmpty() ? TypingResult.EMPTY : whole(parsed(text));
        }
        return whole(number(sent));
    }

    /** A decimal node, scale as sent, for 234.00 or "234.00"; {@link TypingResult#EMPTY} or {@link TypingResult#NONE} otherwise. */
    static JsonNode decimal(JsonNode sent) {
        if (sent.isNull()) {
            return TypingResult.EMPTY;
        }
        BigDecimal number;
        if (sent.isTextual()) {
            String text = sent.textValue().strip();
            if (text.isEmpty()) {
                return TypingResult.EMPTY;
            }
            number = parsed(text);
        } else {
            number = number(sent);
        }
        return number == null ? TypingResult.NONE : LenientJson.NODES.numberNode(plain(number));
    }

    /** A number's digits as the vendor writes them, without an exponent where that stays short. */
    static String text(JsonNode number) {
        BigDecimal decimal = number(number);
        return decimal == null ? number.asText() : plain(decimal).toPlainString();
    }

    private static JsonNode whole(BigDecimal number) {
        BigDecimal shortest = number == null || number.scale() <= 0 ? number : number.stripTrailingZeros();
        if (shortest == null || shortest.scale() > 0) {
            return TypingResult.NONE;
        }
        BigInteger integer = shortest.toBigInteger();
        if (integer.bitLength() < Integer.SIZE) {
            return LenientJson.NODES.numberNode(integer.intValue());
        }
        return integer.bitLength() < Long.SIZE
                ? LenientJson.NODES.numberNode(integer.longValue())
                : LenientJson.NODES.numberNode(integer);
    }

    /** 1E+2 becomes 100: JSON allows both, but a price is read by people too. */
    private static BigDecimal plain(BigDecimal number) {
        return number.scale() < 0 ? number.setScale(0) : number;
    }

    private static BigDecimal number(JsonNode sent) {
        if (!sent.isNumber() || sent.isDouble() && !Double.isFinite(sent.doubleValue())) {
            return null;
        }
        return bounded(sent.decimalValue());
    }

    private static BigDecimal parsed(String text) {
        return text.length() <= MAX_TEXT && isNumber(text) ? bounded(new BigDecimal(text)) : null;
    }

    private static BigDecimal bounded(BigDecimal number) {
        return Math.abs((long) number.scale()) <= MAX_DIGITS && number.precision() <= MAX_DIGITS ? number : null;
    }

    private static boolean isShortInteger(String text) {
        return !text.isEmpty() && text.length() <= SAFE_INT_DIGITS && digitsEnd(text, 0) == text.length();
    }

    /** Sign, digits with at most one point, short exponent: what BigDecimal takes, found out without its exception. */
    private static boolean isNumber(String text) {
        int whole = afterSign(text, 0);
        int point = digitsEnd(text, whole);
        int digits = point - whole;
        int at = point;
        if (at < text.length() && text.charAt(at) == '.') {
            at = digitsEnd(text, point + 1);
            digits += at - point - 1;
        }
        if (digits > 0 && at < text.length() && (text.charAt(at) | ' ') == 'e') {
            int exponent = afterSign(text, at + 1);
            at = digitsEnd(text, exponent);
            return at == text.length() && at > exponent && at - exponent <= MAX_EXPONENT_DIGITS;
        }
        return digits > 0 && at == text.length();
    }

    private static int afterSign(String text, int at) {
        return at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+') ? at + 1 : at;
    }

    private static int digitsEnd(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
