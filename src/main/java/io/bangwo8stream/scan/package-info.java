/**
 * Scans windows: fetches the pages of their lists, turns rows into records, and checks that no record is missing.
 *
 * <p>Choosing the next window, joining parts to a record, and publishing events do not belong here.
 */
package io.bangwo8stream.scan;
