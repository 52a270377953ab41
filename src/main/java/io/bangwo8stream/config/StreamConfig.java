package io.bangwo8stream.config;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings as they are written; {@link Settings} holds them checked and typed.
 *
 * <p>Everything is text here, so that a start with several mistakes can name all of them at once. A duration is a
 * number and a unit: {@code 500ms}, {@code 30s}, {@code 15m}, {@code 1h} or {@code 7d}.
 */
@ConfigMapping(prefix = "bangwo8")
public interface StreamConfig {

    /** Origin of the API, scheme and host only; requests and credentials go to it and to no other. */
    String baseUrl();

    /** How calls are authenticated: {@code basic} or {@code oauth2}. */
    String auth();

    /** Login of an administrator, for {@code basic}. */
    Optional<String> account();

    /** Password of {@link #account()}. */
    Optional<String> password();

    /** Secret id of the OAuth2 client credentials, for {@code oauth2}. */
    Optional<String> clientId();

    /** Secret of {@link #clientId()}. */
    Optional<String> clientSecret();

    /** Name of the help-desk account in event sources, state and metrics; never the login. */
    String tenant();

    /** Zone of the API's wall-clock times, as in the time zone database. */
    String zone();

    /** Rows asked for with one page, from 1; the vendor advises against more than 100. */
    String perPage();

    /** Requests under way at once, of all sources and joins together, from 1. */
    String maxInFlight();

    /** Requests per second, of all sources and joins together; {@code 0} for no limit. */
    String requestsPerSecond();

    /** Longest wait for a connection, for the first byte of an answer and for all of it: a duration each. */
    String requestTimeout();

    /** Largest answer that is read, in bytes; a larger one is refused while it is read. */
    String maxResponseSize();

    /** How often a call that may succeed later is repeated before it counts as failed. */
    String maxRetries();

    /** Pause before the first repetition; it doubles with each, up to 30 s, and is spread by chance. */
    String retryDelay();

    /** Pages after which the walk of one window is given up and reported. */
    String maxPages();

    /** Names of the sources that are on, each the id of a route; none but those of one's own when empty. */
    Optional<List<String>> sources();

    /** Agent ids for the source {@code agent-records}. */
    Optional<List<String>> agents();

    /** Ids of the ticket views whose tickets are followed; all active ones when empty. */
    Optional<List<String>> ticketViews();

    /** Whether the texts of problem types are looked up, in a second list of the same records. */
    String problemTypeLabels();

    /** Pause between two walks of the newest two days. */
    String pollInterval();

    /** Pause between two walks of the whole look-back, and of tickets and views. */
    String sweepInterval();

    /** How far back every record is compared again, in whole days. */
    String lookBack();

    /** How far back the look-back stretches to a record that is still open, in whole days. */
    String maxLookBack();

    /** Times after the end of a record at which its joined parts are fetched again, ascending. */
    List<String> revisitAfter();

    /** First day of the first run, such as {@code 2026-01-31}; today less the look-back when empty. */
    Optional<String> startDate();

    /** Whether every source is walked once, and the process then ends. */
    String once();

    /** Topic names by what they hold: remote-records, tickets, ticket-views, dead-letters, state. */
    Map<String, String> topics();
}
