/**
 * The crash harness: kills and pauses real processes, lets their clocks jump, injects faults into the API, and compares
 * the published events with the help desk's versions; tests of single faults do not belong here but in {@code it}.
 */
package io.bangwo8stream.crash;
