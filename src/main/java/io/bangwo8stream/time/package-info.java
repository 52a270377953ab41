/**
 * The two clocks: monotonic time for pauses and ages, and the wall clock, which says which day it is at the vendor and
 * is watched, because it may be wrong. Also the threads that wait for a time.
 *
 * <p>What is due at a time belongs to {@code schedule}; the times of records belong to {@code record}.
 */
package io.bangwo8stream.time;
