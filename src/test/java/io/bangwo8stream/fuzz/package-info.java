/**
 * How long the properties of the readers are tried with generated input, and how many inputs that are.
 */
package io.bangwo8stream.fuzz;
