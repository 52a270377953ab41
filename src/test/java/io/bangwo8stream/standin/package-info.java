/** Stand-ins for the Bangwo8 API and for Kafka, shared by the demo, the tests and the benchmark. */
package io.bangwo8stream.standin;
