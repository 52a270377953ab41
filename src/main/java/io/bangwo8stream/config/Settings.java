package io.bangwo8stream.config;

import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Contains the settings, checked and typed; {@link StreamConfig} describes each of them. */
public record Settings(
        Api api,
        String tenant,
        ZoneId zone,
        List<String> sources,
        List<String> agents,
        List<String> ticketViews,
        boolean problemTypeLabels,
        Scanning scanning,
        boolean deletions,
        boolean once,
        Map<String, String> topics) {

    /** Contains the address of the API, the login, and the limits on requests and responses. */
    public record Api(
            URI baseUrl,
            Login login,
            int perPage,
            int maxInFlight,
            double requestsPerSecond,
            Duration requestTimeout,
            long maxResponseSize,
            int maxPages,
            Network network) {}

    /**
     * Contains how the API is reached.
     *
     * @param tls       certificates beside those of the JDK, or a client's certificate
     * @param clearText whether the login is sent unencrypted, beyond this machine
     */
    public record Network(Optional<HttpProxy> proxy, Optional<SSLContext> tls, boolean clearText) {}

    /** Contains an account and its password, or a client id and its secret. */
    public record Login(Scheme scheme, String name, Secret source) {

        public Login(Scheme scheme, String name, String secret) {
            this(scheme, name, new Secret.Given(secret));
        }

        /** Returns the password or secret as it is now; it may change when it is in a file. */
        public String secret() {
            return source.value();
        }

        /** The method by which a request is authenticated. */
        public enum Scheme {
            BASIC,
            OAUTH2
        }

        /** Returns the scheme only: neither the name nor the secret may reach a log. */
        @Override
        public String toString() {
            return "Login[" + scheme + "]";
        }
    }

    /** Contains the intervals of the scans, and the days that they cover. */
    public record Scanning(
            Duration pageDeadline,
            Duration pollInterval,
            Duration sweepInterval,
            int lookBackDays,
            int maxLookBackDays,
            List<Duration> revisitAfter,
            Optional<LocalDate> startDate) {}

    /** Returns the name of the topic with {@code content}, such as {@code state} or {@code dead-letters}. */
    public String topic(String content) {
        return topics.get(content);
    }
}
