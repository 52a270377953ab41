package io.bangwo8stream.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.config.Settings;
import io.bangwo8stream.config.TestSettings;
import io.bangwo8stream.scan.TestClock;
import io.bangwo8stream.text.SafeText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialsTest {

    private static final Settings CLIENT = TestSettings.of(
            "bangwo8.auth", "oauth2", "bangwo8.client-id", "client-4711", "bangwo8.client-secret", "secret-4711");

    private final Credentials credentials = new Credentials(TestSettings.of(), () -> Duration.ZERO);

    @Test
    void encodesAccountAndPasswordAsUtf8ForBasicAuthorization() {
        String basic = credentials.authorization(false).replaceFirst("^Basic ", "");

        assertThat(new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8))
                .isEqualTo(TestSettings.ACCOUNT + ":" + TestSettings.PASSWORD);
    }

    @ParameterizedTest
    @CsvSource({"3600, 3570", "60, 30", "20, 10"})
    void needsANewTokenBeforeTheCurrentTokenExpires(int expiresIn, int renewedAfter) {
        TestClock clock = new TestClock("2026-01-31T04:00:00Z");
        Credentials client = new Credentials(CLIENT, clock);
        assertThat(client.needToken()).isTrue();

        client.take("first", Duration.ofSeconds(expiresIn));
        clock.advance(Duration.ofSeconds(renewedAfter - 1));
        assertThat(client.needToken()).isFalse();
        assertThat(client.authorization(false)).isEqualTo("Bearer first");
        assertThat(client.authorization(true)).startsWith("Basic ");
        clock.advance(Duration.ofSeconds(1));
        assertThat(client.needToken()).isTrue();
    }

    @Test
    void discardsARefusedTokenOnlyAfterTheApiHasAcceptedThatToken() {
        Credentials client = new Credentials(CLIENT, () -> Duration.ZERO);
        client.take("first", Duration.ofHours(1));
        client.accepted(1);

        assertThat(client.refused(1)).as("a token that the API accepted before").isTrue();
        assertThat(client.needToken()).isTrue();
        client.take("second", Duration.ofHours(1));
        assertThat(client.refused(1))
                .as("another request that was sent with the first token")
                .isTrue();
        assertThat(client.needToken()).isFalse();
        assertThat(client.refused(2))
                .as("a token that the API has never accepted")
                .isFalse();
    }

    @Test
    void redactsEveryFormOfTheLogin() {
        String text = "no " + credentials.authorization(false) + ", no " + TestSettings.ACCOUNT + " with "
                + TestSettings.PASSWORD + " or " + TestSettings.PASSWORD;

        assertThat(SafeText.of(text)).isEqualTo("no Basic ***, no *** with *** or ***");
        assertThat(SafeText.of("nothing of it")).isEqualTo("nothing of it");
    }

    @Test
    void sendsThePasswordThatTheFileContainsNowAndRedactsTheFormerOne(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("password"), "former-password");
        Credentials changing = new Credentials(
                TestSettings.of("bangwo8.password", "", "bangwo8.password-file", file.toString()), () -> Duration.ZERO);
        String before = changing.authorization(false);

        Files.writeString(file, "present-password");

        assertThat(changing.authorization(false)).isNotEqualTo(before);
        assertThat(new String(
                        Base64.getDecoder().decode(changing.authorization(false).replaceFirst("^Basic ", "")),
                        StandardCharsets.UTF_8))
                .isEqualTo(TestSettings.ACCOUNT + ":present-password");
        assertThat(SafeText.of("neither former-password nor present-password")).isEqualTo("neither *** nor ***");
    }

    @Test
    void redactsTheToken() {
        new Credentials(CLIENT, () -> Duration.ZERO).take("token-4711-of-the-client", Duration.ofHours(1));

        assertThat(SafeText.of("bad: token-4711-of-the-client")).isEqualTo("bad: ***");
    }

    @Test
    void toStringContainsNoPartOfTheLogin() {
        assertThat(credentials.toString())
                .doesNotContain(TestSettings.ACCOUNT)
                .doesNotContain(TestSettings.PASSWORD)
                .doesNotContain(credentials.authorization(false).replaceFirst("^Basic ", ""));
    }
}
