package io.bangwo8stream.text;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Redacts the credentials of this process in a text, in every encoding in which they are sent or repeated.
 *
 * <p>Static, because the log needs it too, whose filters are no beans.
 */
public final class Secrets {

    private static final String REDACTED = "***";

    /** A shorter value is redacted as a whole word only: a login {@code api} must not break every address. */
    private static final int SHORT = 8;

    /** What looks like a credential although it is none of the known ones, such as half of one that a library cut. */
    private static final List<Pattern> FORMS = List.of(
            Pattern.compile("(?i)(\\b(?:basic|bearer|negotiate)\\s+)[\\w+/=.~-]{16,}"),
            Pattern.compile("(?i)(\\bauthorization\\s*[:=]\\s*)(?!\\*)[^\\r\\n,;]+"),
            Pattern.compile("(?i)((?:password|secret|access_token)\"?\\s*[:=]\\s*[\"'])[^\"']+"),
            Pattern.compile("(://)[^/@\\s]+(?=@)"));

    private static final Map<String, Set<String>> KNOWN = new ConcurrentHashMap<>();
    private static volatile Pattern known;

    private Secrets() {}

    /** Replaces the credentials of {@code owner}, such as {@code login}: a name, its secret, or one value alone. */
    public static void know(String owner, String... values) {
        Stream<String> pair =
                values.length == 2 ? Stream.of(values[0] + ":" + values[1]).flatMap(Secrets::base64) : Stream.empty();
        KNOWN.put(
                owner,
                Stream.concat(pair, Stream.of(values).flatMap(Secrets::encodings))
                        .filter(value -> !value.isBlank())
                        .collect(Collectors.toSet()));
        known = Pattern.compile(KNOWN.values().stream()
                .flatMap(Set::stream)
                .distinct()
                .sorted(Comparator.comparing(String::length).reversed())
                .map(Secrets::pattern)
                .collect(Collectors.joining("|")));
    }

    /** Returns the same text with {@code ***} in the place of each credential. */
    static String redact(String text) {
        Pattern values = known;
        String redacted = values == null || values.pattern().isEmpty()
                ? text
                : values.matcher(text).replaceAll(REDACTED);
        for (Pattern form : FORMS) {
            redacted = form.matcher(redacted).replaceAll("$1" + REDACTED);
        }
        return redacted;
    }

    private static String pattern(String value) {
        String literal = Pattern.quote(value);
        return value.length() < SHORT ? "(?<![\\w.-])" + literal + "(?![\\w-])" : literal;
    }

    /** Plain, in an address, in JSON, in HTML, and as Base64. */
    private static Stream<String> encodings(String value) {
        String inAddress = URLEncoder.encode(value, StandardCharsets.UTF_8);
        String inJson = value.replace("\\", "\\\\").replace("\"", "\\\"");
        return Stream.concat(
                base64(value),
                Stream.of(
                        value,
                        inAddress,
                        inAddress.replace("+", "%20"),
                        inAddress.toLowerCase(Locale.ROOT),
                        inJson,
                        ascii(inJson),
                        ascii(inJson.replace("/", "\\/")),
                        value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"),
                        value.replace("&", "&amp;").replace("\"", "&quot;").replace("'", "&#39;")));
    }

    /** Whole, and without the padding, in both alphabets. */
    private static Stream<String> base64(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                        Base64.getEncoder().withoutPadding(),
                        Base64.getUrlEncoder().withoutPadding())
                .map(encoder -> encoder.encodeToString(bytes))
                .filter(encoded -> encoded.length() >= SHORT);
    }

    /** As PHP writes it in JSON: beyond ASCII, four digits for each character. */
    private static String ascii(String text) {
        return text.chars()
                .mapToObj(unit -> unit < 128 ? Character.toString(unit) : "\\u%04x".formatted(unit))
                .collect(Collectors.joining());
    }
}
