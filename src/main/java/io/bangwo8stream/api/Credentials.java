package io.bangwo8stream.api;

import io.bangwo8stream.config.Settings;
import io.bangwo8stream.config.Settings.Login;
import io.bangwo8stream.text.Secrets;
import io.bangwo8stream.time.MonotonicTime;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** The login and the token; they leave this class as an {@code Authorization} header only. */
@Singleton
public class Credentials {

    /** A token is renewed this long before it expires, a short-lived one after half its lifetime: none expires while a request is on its way. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    /** Earlier than any monotonic time. */
    private static final Duration AT_ONCE = Duration.ofSeconds(Long.MIN_VALUE);

    private final Login login;
    private final MonotonicTime clock;
    private volatile Basic basic;
    private volatile Token token = new Token(null, AT_ONCE, 0, false);

    Credentials(Settings settings, MonotonicTime clock) {
        this.login = settings.api().login();
        this.clock = clock;
        this.basic = new Basic(login.secret(), encode(login.secret()));
        Secrets.know("login", login.name(), login.secret());
    }

    /** The value of a header, and the secret of which it was made. */
    private record Basic(String secret, String encoded) {

        @Override
        public String toString() {
            return "Basic";
        }
    }

    private String encode(String secret) {
        return Base64.getEncoder().encodeToString((login.name() + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    /** The login as it is now: the file with its secret may have changed. */
    private String basic() {
        String secret = login.secret();
        Basic current = basic;
        if (!current.secret().equals(secret)) {
            // A response to an earlier request may still repeat the former one.
            Secrets.know("former login", login.name(), current.secret());
            Secrets.know("login", login.name(), secret);
            current = new Basic(secret, encode(secret));
            basic = current;
        }
        return current.encoded();
    }

    /**
     * A bearer token.
     *
     * @param renewAt in monotonic time
     * @param number  its position among all tokens, from 1
     * @param proven  whether the API has accepted it
     */
    private record Token(String value, Duration renewAt, int number, boolean proven) {

        @Override
        public String toString() {
            return "Token[" + number + "]";
        }
    }

    /** The value of the {@code Authorization} header: the token, or the login where there is no token or for its request. */
    String authorization(boolean forToken) {
        Token current = token;
        return login.scheme() == Login.Scheme.BASIC || forToken || current.value() == null
                ? "Basic " + basic()
                : "Bearer " + current.value();
    }

    /** Whether a token must be fetched before the next request. */
    boolean needToken() {
        return login.scheme() == Login.Scheme.OAUTH2 && clock.now().compareTo(token.renewAt()) >= 0;
    }

    /** Stores a new token, which expires in {@code expiresIn}. */
    synchronized void take(String value, Duration expiresIn) {
        Duration half = expiresIn.dividedBy(2);
        Duration used = half.compareTo(MARGIN) < 0 ? half : expiresIn.minus(MARGIN);
        Secrets.know("token", value);
        token = new Token(value, clock.now().plus(used), token.number() + 1, false);
    }

    /** The number of the current token; 0 where there is none. */
    int tokenNumber() {
        return token.number();
    }

    /** Records that the API accepted the token with that number. */
    void accepted(int number) {
        Token current = token;
        if (!current.proven() && current.number() == number && number > 0) {
            prove(number);
        }
    }

    /**
     * Records that the API refused the token with that number.
     *
     * @return whether another token may help: this one was valid before, or there is a newer one already
     */
    synchronized boolean refused(int number) {
        Token current = token;
        if (current.number() == number && current.proven()) {
            token = new Token(null, AT_ONCE, number, false);
            return true;
        }
        return current.number() > number || current.value() == null && number > 0;
    }

    private synchronized void prove(int number) {
        if (token.number() == number) {
            token = new Token(token.value(), token.renewAt(), number, true);
        }
    }
}
