/**
 * Tests of the packaged product in processes of its own, from outside: what is in Kafka, what the API was asked, what was
 * printed. Tests that use a class of the product are in that class's package.
 */
package io.bangwo8stream.it;
