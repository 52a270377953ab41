/**
 * How long the properties of the readers are tried with generated input, and how many inputs that are. The properties
 * themselves are in the packages of the readers.
 */
package io.bangwo8stream.fuzz;
