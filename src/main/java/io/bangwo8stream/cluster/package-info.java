/**
 * Decides, through a Kafka consumer group, which instance leads which stream, and notifies Camel's {@code master:}.
 *
 * <p>What a leader does with its stream does not belong here; nothing here knows sources, scans or the state topic.
 */
package io.bangwo8stream.cluster;
