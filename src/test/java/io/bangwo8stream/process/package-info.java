/**
 * Starts processes: the packaged product, other Java programs, and tools of the machine. Observes, pauses and ends them;
 * what a process is started for (its settings, its role in a test) belongs to the package that starts it.
 */
package io.bangwo8stream.process;
