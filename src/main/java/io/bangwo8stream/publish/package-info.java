/**
 * Decides for each record of a page whether it is published, dead-lettered or unchanged, and makes the Kafka records.
 *
 * <p>Transactions and stored state belong to the package {@code kafka}; fetching records does not belong here.
 */
package io.bangwo8stream.publish;
