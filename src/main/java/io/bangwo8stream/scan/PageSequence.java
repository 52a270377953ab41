package io.bangwo8stream.scan;

import io.bangwo8stream.api.ApiException;
import io.bangwo8stream.schedule.ScanSchedule;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The pages of one window, each record once; after the last page it reports whether anything is missing.
 *
 * <p>It never throws: a failed call ends it and is reported, so that the pages before it are still published.
 */
interface PageSequence extends Iterator<FetchedPage> {

    /** The window, and the mode of its scan. */
    ScanSchedule.Due due();

    /** The ids of its lists. */
    List<String> lists();

    /** The names of its lists. */
    Set<String> names();

    /** The names of those of its lists that are certain to contain no other record than those that it has seen. */
    Set<String> proved();

    /** The ids of its lists that do not exist for this account. */
    List<String> refused();

    /** Number of this pass over the window, from 1. */
    int attempt();

    /** Whether there were more pages when it was stopped. */
    boolean isUnfinished();

    /** Why the pass may not have seen every record, as reported in log and metrics; empty when it has. */
    List<String> shortcomings();

    /** The failed call because of which the list is unknown, or {@code null}; a refused list counts as empty. */
    ApiException failure();

    /** The same including refused calls, for the log. */
    Optional<ApiException> cause();

    /** Whether the list, or at least one of several, was received. */
    boolean isReceived();

    /** The records that this and earlier passes over the window saw. */
    SeenRecords seen();

    /** The number of pages of a list that its next pass will find filled, unless records disappear. */
    int fullPages(String list);

    /** Whether rows may have slipped from one page to another unseen, so that another pass would find more records. */
    boolean isUnsettled();

    /** How many rows each day of creation had in this pass; empty for lists without days. */
    Map<LocalDate, Integer> rowsByDay();

    /** The number of records that the API states. */
    OptionalLong count();
}
