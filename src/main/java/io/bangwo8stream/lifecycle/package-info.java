/**
 * Starts and ends the process: checks settings, provides clock and leadership, starts sources, and replaces routes while
 * they run.
 *
 * <p>What the routes do, such as scanning and publishing, does not belong here.
 */
package io.bangwo8stream.lifecycle;
