/**
 * The command line: parses words, runs the command in a process of its own, and prints what it found.
 *
 * <p>A command process binds no port, joins no group, starts no route of a source, and creates no topic.
 */
package io.bangwo8stream.command;
