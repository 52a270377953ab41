package io.bangwo8stream.scan;

import io.bangwo8stream.schedule.ScanMode;
import io.bangwo8stream.source.DateRange;
import io.bangwo8stream.source.Source;
import java.time.LocalDate;
import java.util.Set;

/**
 * What the scan of one window has shown about its lists.
 *
 * @param mode     of the scan
 * @param sweep    number of the sweep of the source, from 1
 * @param today    the day it was at the vendor when the window became due
 * @param firstDay first day of the look-back
 * @param names    names of all lists of the window
 * @param proved   names of the lists that are certain to contain no other record than those in {@code listed}
 * @param listed   the ids that the lists contain
 * @param complete whether the window counts as scanned
 */
public record ScannedWindow(
        Source source,
        ScanMode mode,
        DateRange window,
        int sweep,
        LocalDate today,
        LocalDate firstDay,
        Set<String> names,
        Set<String> proved,
        Set<String> listed,
        boolean complete) {}
