/**
 * Declares the settings, checks them at the start, and converts them to types.
 *
 * <p>Checks that need Kafka, Camel or the API, and what is done with a setting, do not belong here.
 */
package io.bangwo8stream.config;
