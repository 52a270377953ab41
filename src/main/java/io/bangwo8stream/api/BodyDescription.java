package io.bangwo8stream.api;

import io.bangwo8stream.text.SafeText;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what a body is that is no JSON. Its texts are those of web servers and of PHP, never those of records. */
final class BodyDescription {

    /** Bytes at the beginning that are looked at. */
    private static final int READ = 4096;

    private static final int LONGEST_TEXT = 80;

    private static final Pattern TITLE = Pattern.compile("(?is)<title[^>]*>(.{1,500}?)</title>");
    private static final Pattern HTML =
            Pattern.compile("(?is)\\s*<(!doctype\\s+html|html|head|body|meta|h1|center)\\b.*");
    private static final Pattern PHP = Pattern.compile("(?is)[\\s\\uFEFF]*(?:<br\\s*/?>\\s*)?(?:<b>)?(?:PHP )?"
            + "(?:Warning|Notice|Deprecated|Strict Standards|(?:Recoverable |Catchable )?fatal error|Parse error)"
            + "(?:</b>)?\\s*:.*");
    private static final Pattern TAG = Pattern.compile("<[^>]{1,100}>");

    private static final Map<String, String> ENCODINGS = Map.of("br", "brotli", "gzip", "gzip", "zstd", "zstd");

    private BodyDescription() {}

    /** @param jsonError what is wrong with the body as JSON */
    static String of(byte[] body, String contentEncoding, String jsonError) {
        if (isCompressed(body, contentEncoding)) {
            return "a body compressed with " + compression(body, contentEncoding)
                    + ", which was not asked for: see the proxy or the web server before the API";
        }
        String text = new String(body, 0, Math.min(body.length, READ), StandardCharsets.UTF_8).strip();
        if (text.isEmpty()) {
            return "an empty body: PHP sends that when its json_encode fails";
        }
        if (isPhpMessage(body)) {
            return "a message of PHP and no JSON: " + beginning(text);
        }
        if (HTML.matcher(text).matches()) {
            Matcher title = TITLE.matcher(text);
            return title.find() ? "an HTML page with the title " + beginning(title.group(1)) : "an HTML page";
        }
        if (text.startsWith("<")) {
            return "XML or HTML, which starts with " + beginning(text.substring(0, text.indexOf('>') + 1));
        }
        // What follows a brace or a bracket is data of records.
        return text.startsWith("{") || text.startsWith("[")
                ? jsonError
                : "a text and no JSON, which starts with " + beginning(text);
    }

    static boolean isCompressed(byte[] body, String contentEncoding) {
        return compression(body, contentEncoding) != null;
    }

    private static String compression(byte[] body, String contentEncoding) {
        if (startsWith(body, 0x1F, 0x8B)) {
            return "gzip";
        }
        if (startsWith(body, 0x28, 0xB5, 0x2F, 0xFD)) {
            return "zstd";
        }
        return body.length == 0 ? null : ENCODINGS.get(contentEncoding.strip().toLowerCase(Locale.ROOT));
    }

    private static boolean startsWith(byte[] body, int... magic) {
        for (int i = 0; i < magic.length; i++) {
            if (i >= body.length || (body[i] & 0xFF) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether the body starts with a warning or an error that PHP prints into its output. */
    static boolean isPhpMessage(byte[] body) {
        String text = new String(body, 0, Math.min(body.length, READ), StandardCharsets.UTF_8);
        return PHP.matcher(text).matches();
    }

    private static String beginning(String text) {
        String plain = TAG.matcher(text).replaceAll(" ").strip().replaceAll("\\s+", " ");
        return "\"" + SafeText.cut(SafeText.line(plain), LONGEST_TEXT) + "\"";
    }
}
