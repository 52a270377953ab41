/**
 * A stand-in of the Bangwo8 API with simulated data and injected faults, for tests, the demo, the benchmark and the
 * crash harness; programs that use the stand-in, and assertions on the product, do not belong here.
 */
package io.bangwo8stream.standin;
