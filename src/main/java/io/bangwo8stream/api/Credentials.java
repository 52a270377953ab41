package io.bangwo8stream.api;

import io.bangwo8stream.config.Settings;
import io.bangwo8stream.config.Settings.Login;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** What is sent as {@code Authorization}, and what must never be seen anywhere else. */
@Singleton
public class Credentials {

    /** A token is renewed this long before it expires, a short-lived one at half-time: none expires on its way. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private final Login login;
    private final String basic;
    private final Clock clock;
    private volatile Token token = new Token(null, Instant.MIN, 0, false);

    Credentials(Settings settings, Clock clock) {
        this.login = settings.api().login();
        this.basic = Base64.getEncoder()
                .encodeToString((login.name() + ":" + login.secret()).getBytes(StandardCharsets.UTF_8));
        this.clock = clock;
    }

    /**
     * A bearer token.
     *
     * @param number  how many there were, with this one
     * @param proven whether the API took it once
     */
    private record Token(String value, Instant renewAt, int number, boolean proven) {

        @Override
        public String toString() {
            return "Token[" + number + "]";
        }
    }

    /** The value of the {@code Authorization} header: the token, or the login where there is none or it is asked for. */
    String authorization(boolean forToken) {
        Token current = token;
        return login.scheme() == Login.Scheme.BASIC || forToken || current.value() == null
                ? "Basic " + basic
                : "Bearer " + current.value();
    }

    /** Whether a token must be fetched before the next request. */
    boolean needToken() {
        return login.scheme() == Login.Scheme.OAUTH2 && !clock.instant().isBefore(token.renewAt());
    }

    /** Takes a new token, which expires in {@code expiresIn}. */
    synchronized void take(String value, Duration expiresIn) {
        Duration half = expiresIn.dividedBy(2);
        Duration used = half.compareTo(MARGIN) < 0 ? half : expiresIn.minus(MARGIN);
        token = new Token(value, clock.instant().plus(used), token.number() + 1, false);
    }

    /** The number of the token that is in use; 0 where there is none. */
    int tokenNumber() {
        return token.number();
    }

    /** Takes note that the API accepted the token of that number. */
    void accepted(int number) {
        Token current = token;
        if (!current.proven() && current.number() == number && number > 0) {
            prove(number);
        }
    }

    /**
     * Takes note that the API refused the token of that number.
     *
     * @return whether another token may help: this one had been good before, or there is a newer one already
     */
    synchronized boolean refused(int number) {
        Token current = token;
        if (current.number() == number && current.proven()) {
            token = new Token(null, Instant.MIN, number, false);
            return true;
        }
        return current.number() > number || current.value() == null && number > 0;
    }

    /** The same text without the credentials, which an answer may echo. */
    public String redact(String text) {
        String value = token.value();
        String redacted =
                text.replace(basic, "***").replace(login.secret(), "***").replace(login.name(), "***");
        return value == null ? redacted : redacted.replace(value, "***");
    }

    private synchronized void prove(int number) {
        if (token.number() == number) {
            token = new Token(token.value(), token.renewAt(), number, true);
        }
    }
}
