package io.bangwo8stream.api;

import java.time.Clock;
import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.config.TestSettings;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class CredentialsTest {

    private final Credentials credentials = new Credentials(TestSettings.of(), Clock.systemUTC());

    @Test
    void signsWithAccountAndPasswordInUtf8() {
        String basic = credentials.authorization(false).replaceFirst("^Basic ", "");

        assertThat(new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8))
                .isEqualTo(TestSettings.ACCOUNT + ":" + TestSettings.PASSWORD);
    }

    @Test
    void takesEveryFormOfTheLoginOutOfAText() {
        String text = "no " + credentials.authorization(false) + ", no " + TestSettings.ACCOUNT + " with "
                + TestSettings.PASSWORD + " or " + TestSettings.PASSWORD;

        assertThat(credentials.redact(text)).isEqualTo("no Basic ***, no *** with *** or ***");
        assertThat(credentials.redact("nothing of it")).isEqualTo("nothing of it");
    }

    @Test
    void doesNotTellTheLoginAsText() {
        assertThat(credentials.toString()).doesNotContain(TestSettings.ACCOUNT).doesNotContain(TestSettings.PASSWORD)
                .doesNotContain(credentials.authorization(false).replaceFirst("^Basic ", ""));
    }
}
