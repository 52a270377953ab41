package io.bangwo8stream.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.fuzz.FuzzTime;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/** Properties of the texts of errors: short, in one line, and without the login, whatever surrounds it. */
@AddLifecycleHook(FuzzTime.class)
@PropertyDefaults(tries = FuzzTime.UNLIMITED, generation = GenerationMode.RANDOMIZED, edgeCases = EdgeCasesMode.NONE)
class SafeTextPropertiesTest {

    private static final String OWNER = "SafeTextPropertiesTest";
    private static final String NAME = "help@desk.example";
    private static final String SECRET = "p\u00e4ss\"wo/rd+4711&so=on";

    @BeforeProperty
    void knowsALogin() {
        Secrets.know(OWNER, NAME, SECRET);
    }

    @AfterProperty
    void forgetsIt() {
        Secrets.know(OWNER);
    }

    @Provide
    Arbitrary<String> surroundings() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(400),
                Arbitraries.of(
                                "Authorization: ",
                                "Basic ",
                                "password=",
                                "\"",
                                "://",
                                "@",
                                "\n",
                                "\u001b[2J",
                                "\u202e",
                                "\uD83D",
                                "%",
                                "$1",
                                "\\",
                                "***",
                                "x".repeat(280))
                        .list()
                        .ofMaxSize(12)
                        .map(parts -> String.join("", parts)));
    }

    @Property
    void isShortAndInOneLineAndWithoutTheLogin(
            @ForAll("surroundings") String before, @ForAll("surroundings") String after) {
        String base64 = Base64.getEncoder().encodeToString((NAME + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
        for (String secret : new String[] {SECRET, URLEncoder.encode(SECRET, StandardCharsets.UTF_8), base64}) {
            String text = SafeText.of(before + secret + after);

            assertThat(text).hasSizeLessThanOrEqualTo(SafeText.LONGEST);
            assertThat(SafeText.hasControls(text)).isFalse();
            assertThat(text).doesNotContain(secret.substring(0, 8));
        }
    }
}
