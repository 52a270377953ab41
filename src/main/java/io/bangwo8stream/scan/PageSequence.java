package io.bangwo8stream.scan;

import io.bangwo8stream.api.ApiException;
import io.bangwo8stream.schedule.ScanSchedule;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The pages of one window, each record once; it knows afterwards whether it saw them all.
 *
 * <p>It never throws: a failed call ends it and is reported, so that the pages before it are still published.
 */
interface PageSequence extends Iterator<FetchedPage> {

    /** The window, and why it is walked. */
    ScanSchedule.Due due();

    /** The ids of the lists that it goes through. */
    List<String> lists();

    /** How often the window is walked with this time, from 1. */
    int attempt();

    /** Whether there were more pages when it was told not to go on. */
    boolean isUnfinished();

    /** What kept the walk from seeing every record, as it is logged and counted; empty when nothing did. */
    List<String> shortcomings();

    /** The call that kept the list from being known, or {@code null}; a list that is refused holds nothing. */
    ApiException failure();

    /** The same with the calls that were refused, for the log. */
    Optional<ApiException> cause();

    /** Whether there is such a list, or one at least of several. */
    boolean isAnswered();

    /** The ids that this walk and the earlier ones of the window saw, with the fingerprints of their rows. */
    Map<String, Long> seen();

    /** The number of records that the API promised. */
    OptionalLong count();
}
