package io.bangwo8stream.config;

import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings, checked and typed; what each one does is said in {@link StreamConfig}. */
public record Settings(
        Api api,
        String tenant,
        ZoneId zone,
        List<String> sources,
        List<String> agents,
        List<String> ticketViews,
        boolean problemTypeLabels,
        Scanning scanning,
        boolean once,
        Map<String, String> topics) {

    /** How the API is called. */
    public record Api(
            URI baseUrl,
            Login login,
            int perPage,
            int maxInFlight,
            double requestsPerSecond,
            Duration requestTimeout,
            long maxResponseSize,
            int maxPages) {}

    /** An account and its password, or a client id and its secret. */
    public record Login(Scheme scheme, String name, String secret) {

        /** How a login is presented. */
        public enum Scheme {
            BASIC,
            OAUTH2
        }

        /** The scheme alone: neither the login nor its secret may reach a log. */
        @Override
        public String toString() {
            return "Login[" + scheme + "]";
        }
    }

    /** When which days are walked. */
    public record Scanning(
            Duration pollInterval,
            Duration sweepInterval,
            int lookBackDays,
            int maxLookBackDays,
            List<Duration> revisitAfter,
            Optional<LocalDate> startDate) {}

    /** The topic that holds {@code what}, such as {@code state}. */
    public String topic(String what) {
        return topics.get(what);
    }
}
