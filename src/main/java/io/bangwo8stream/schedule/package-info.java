/**
 * Picks the window that a source scans next, and measures the progress of a backfill.
 *
 * <p>Scanning a window, and storing how far a backfill has come, does not belong here.
 */
package io.bangwo8stream.schedule;
