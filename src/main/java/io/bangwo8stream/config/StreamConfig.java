package io.bangwo8stream.config;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Declares the settings as unchecked text; {@link Settings} contains them checked and typed.
 *
 * <p>All values are text, so that one start can report all errors. A duration is a number and a unit: {@code 500ms},
 * {@code 30s}, {@code 15m}, {@code 1h} or {@code 7d}.
 */
// Its methods are the known names of settings; see SettingNames.
@RegisterForReflection
@ConfigMapping(prefix = "bangwo8")
public interface StreamConfig {

    /** Origin of the API, scheme and host only; requests and credentials are sent to no other. */
    String baseUrl();

    /** Authentication of requests: {@code basic} or {@code oauth2}. */
    String auth();

    /** Login of an administrator, for {@code basic}. */
    Optional<String> account();

    /** Password of {@link #account()}. */
    Optional<String> password();

    /** File with the password instead of {@link #password()}; a changed content is used without a restart. */
    Optional<String> passwordFile();

    /** Id of the OAuth2 client credentials, for {@code oauth2}. */
    Optional<String> clientId();

    /** Secret of {@link #clientId()}. */
    Optional<String> clientSecret();

    /** File with the secret instead of {@link #clientSecret()}; a changed content is used without a restart. */
    Optional<String> clientSecretFile();

    /** Name of the help-desk account in event sources, state and metrics; never the login. */
    String tenant();

    /** Time zone of the API's wall-clock times: a name of the IANA time zone database. */
    String zone();

    /** Rows requested per page, from 1; the vendor advises against more than 100. */
    String perPage();

    /** Requests in flight at once, of all sources and joins together, from 1. */
    String maxInFlight();

    /**
     * Ceiling of the rate in requests per second, of all sources and joins together; {@code 0} for no limit. A 429 or
     * 503 halves the rate for some time.
     */
    String requestsPerSecond();

    /** Whether {@link #baseUrl()} may be {@code http://} beyond this machine, which sends the login unencrypted. */
    String allowClearText();

    /**
     * Proxy to the API, {@code http://user:secret@host:port} with user and secret percent-encoded; when empty, that of the
     * environment variable {@code HTTPS_PROXY}, unless {@code NO_PROXY} names the API's host.
     */
    Optional<String> proxy();

    /** File with the certificates of CAs that are trusted beside those of the JDK, PEM or PKCS12. */
    Optional<String> trustStore();

    /** Password of {@link #trustStore()}, for PKCS12. */
    Optional<String> trustStorePassword();

    /** File with the client's certificate and its private key, PEM or PKCS12, for an API or proxy that requires one. */
    Optional<String> keyStore();

    /** Password of {@link #keyStore()}, for PKCS12. */
    Optional<String> keyStorePassword();

    /** Longest time, a duration, of one exchange, from the connection to the last byte of the response. */
    String requestTimeout();

    /** Maximum size of a response in bytes; a larger response is refused while it is read. */
    String maxResponseSize();

    /** Retries of a request whose failure may be temporary, from 0. */
    String maxRetries();

    /** Pause before the first retry, a duration; doubles with each, up to 30 s, with jitter. */
    String retryDelay();

    /** Pages after which the scan of a window is abandoned and reported, from 1. */
    String maxPages();

    /** Names of the sources that are on, each the id of a route; only custom sources when empty. */
    Optional<List<String>> sources();

    /** Agent ids for the source {@code agent-records}. */
    Optional<List<String>> agents();

    /** Ids of the followed ticket views; all active views when empty. */
    Optional<List<String>> ticketViews();

    /** Whether to look up the labels of problem types, in a second list of the same records. */
    String problemTypeLabels();

    /** Time after which a page is committed without the records whose joins are late, a duration. */
    String pageDeadline();

    /** Pause between two scans of the newest two days, a duration. */
    String pollInterval();

    /** Pause between two scans of the whole look-back, and of tickets and views, a duration. */
    String sweepInterval();

    /** Days in which every sweep compares all records again, a duration of whole days. */
    String lookBack();

    /** How far back a sweep extends to a record that is still open, a duration of whole days. */
    String maxLookBack();

    /** Times after the end of a record at which its parts are fetched again: durations in ascending order. */
    List<String> revisitAfter();

    /** First day of the first run, such as {@code 2026-01-31}; today minus the look-back when empty. */
    Optional<String> startDate();

    /** Whether to publish that records are gone. */
    String deletions();

    /** Whether to scan every source once, publish, and end the process. */
    String once();

    /** Folder of routes that replace packaged ones of the same file name, or add to them; watched while it runs. */
    Optional<String> routes();

    /** Words of a command line, such as {@code check}: the process runs this command and ends; arguments win. */
    Optional<String> command();

    /** Topic names by content: remote-records, tickets, ticket-views, dead-letters, state, status, commands. */
    Map<String, String> topics();
}
