/**
 * Completes records: selects those whose parts are due, and adds the fetched parts, such as a chat.
 *
 * <p>Sending requests belongs to the routes and the package {@code api}; whether a joined
 * record has changed, the package {@code publish} decides.
 */
package io.bangwo8stream.join;
