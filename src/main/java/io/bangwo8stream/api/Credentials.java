package io.bangwo8stream.api;

import io.bangwo8stream.config.Settings;
import io.bangwo8stream.config.Settings.Login;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What is sent as {@code Authorization}, and what must never be seen anywhere else. */
@Singleton
public class Credentials {

    private final Login login;
    private final String basic;

    Credentials(Settings settings) {
        login = settings.api().login();
        basic = Base64.getEncoder().encodeToString(
                (login.name() + ":" + login.secret()).getBytes(StandardCharsets.UTF_8));
    }

    /** The header's value. */
    String authorization() {
        return "Basic " + basic;
    }

    /** The same text without the credentials, which an answer may echo. */
    public String redact(String text) {
        return text.replace(basic, "***").replace(login.secret(), "***").replace(login.name(), "***");
    }
}
