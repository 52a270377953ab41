/**
 * Writes events, dead letters and record states to Kafka in transactions, reads the state back, and creates topics.
 *
 * <p>What an event contains, and whether a record is published, does not belong here.
 */
package io.bangwo8stream.kafka;
