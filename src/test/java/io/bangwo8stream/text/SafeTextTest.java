package io.bangwo8stream.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTextTest {

    private static final String OWNER = "SafeTextTest";
    private static final String NAME = "help@desk";
    private static final String SECRET = "päss\"wo/rd+4711&so=on";

    @BeforeEach
    void knowsALogin() {
        Secrets.know(OWNER, NAME, SECRET);
    }

    @AfterEach
    void forgetsIt() {
        Secrets.know(OWNER);
    }

    @Test
    void redactsALoginInEveryEncoding() {
        byte[] pair = (NAME + ":" + SECRET).getBytes(StandardCharsets.UTF_8);

        assertThat(SafeText.of("no " + SECRET + " here")).isEqualTo("no *** here");
        assertThat(SafeText.of("in an address: " + URLEncoder.encode(SECRET, StandardCharsets.UTF_8)))
                .isEqualTo("in an address: ***");
        assertThat(SafeText.of("JSON of PHP: p\\u00e4ss\\\"wo\\/rd+4711&so=on")).isEqualTo("JSON of PHP: ***");
        assertThat(SafeText.of("other JSON: päss\\\"wo/rd+4711&so=on")).isEqualTo("other JSON: ***");
        assertThat(SafeText.of("Base64: " + Base64.getEncoder().encodeToString(pair)))
                .startsWith("Base64: ***")
                .doesNotContain(Base64.getEncoder().encodeToString(pair).substring(0, 8));
        assertThat(SafeText.of("Base64 of one: "
                        + Base64.getUrlEncoder().encodeToString(SECRET.getBytes(StandardCharsets.UTF_8))))
                .startsWith("Base64 of one: ***");
        assertThat(SafeText.of("the name " + NAME)).isEqualTo("the name ***");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Invalid header: Authorization: Basic dW5rbm93bjp1bmtub3du | Invalid header: Authorization: ***",
                "Bad chunk header: Bearer eyJhbGciOiJIUzI1NiJ9.e30.abc     | Bad chunk header: Bearer ***",
                "cannot use http://user:secret@proxy:3128                  | cannot use http://***@proxy:3128",
                "username=\"a\" password=\"b c\";                          | username=\"a\" password=\"***\";",
                "use Basic authentication                                  | use Basic authentication",
            })
    void redactsWhatLooksLikeACredential(String text, String expected) {
        assertThat(SafeText.of(text)).isEqualTo(expected);
    }

    @Test
    void redactsAShortNameAsAWholeWordOnly() {
        Secrets.know(OWNER, "api", "x");

        assertThat(SafeText.of("/apiary refuses api: Max x")).isEqualTo("/apiary refuses ***: Max ***");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\u001b[2J", "\u0000", "\u0085", "\u2028", "\u202e"})
    void staysInOneLine(String control) {
        assertThat(SafeText.of("a" + control + "2026-01-01 ERROR forged").chars())
                .noneMatch(unit -> Character.isISOControl(unit) || unit == 0x2028 || unit == 0x202e);
        assertThat(SafeText.of("a\nb")).isEqualTo("a\\nb");
    }

    @Test
    void cutsALongText() {
        assertThat(SafeText.of("x".repeat(1_500_000))).hasSize(SafeText.LONGEST).endsWith("x…");
        assertThat(SafeText.of("x".repeat(298) + "😀😀")).isEqualTo("x".repeat(298) + "…");
        assertThat(SafeText.of("x".repeat(290) + SECRET)).isEqualTo("x".repeat(290) + "***");
    }

    @Test
    void namesAFailureWithoutAMessage() {
        assertThat(SafeText.of(new IOException())).isEqualTo("IOException");
        assertThat(SafeText.named(new IOException("broken\npipe"))).isEqualTo("IOException: broken\\npipe");
    }
}
