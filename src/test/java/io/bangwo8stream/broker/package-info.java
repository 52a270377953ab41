/**
 * An embedded Kafka broker for tests, the demo, the benchmark and the crash harness; clients of the broker do not
 * belong here.
 */
package io.bangwo8stream.broker;
