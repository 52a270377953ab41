/**
 * The command line: parses words, runs the command in a process of its own, and prints what it found. In the running
 * product: carries out the commands that act, and writes the status.
 *
 * <p>A command process binds no port, joins no group, starts no route of a source, and creates no topic. The page that
 * shows the status does not belong here.
 */
package io.bangwo8stream.command;
