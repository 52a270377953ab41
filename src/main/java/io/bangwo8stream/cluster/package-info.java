/** Decides, through a Kafka consumer group, which instance walks which stream. */
package io.bangwo8stream.cluster;
