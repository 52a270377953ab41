/**
 * Starts and ends the process: checks settings, provides clock and leadership, and starts sources.
 *
 * <p>What happens between start and end, such as scanning and publishing, does not belong here.
 */
package io.bangwo8stream.lifecycle;
