/**
 * Completes records: selects those whose parts are due, and adds the fetched parts, such as a chat.
 *
 * <p>Sending requests belongs to the routes and the package {@code api}; comparing a record with its stored
 * state belongs to the package {@code publish}.
 */
package io.bangwo8stream.join;
