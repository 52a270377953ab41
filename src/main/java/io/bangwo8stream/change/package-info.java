/**
 * Detects whether a record has changed, from fingerprints, and decides when its parts are fetched again.
 *
 * <p>Fetching records, and storing their state in Kafka, does not belong here.
 */
package io.bangwo8stream.change;
