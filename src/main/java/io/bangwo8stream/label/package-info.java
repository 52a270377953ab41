/**
 * Learns the labels of option ids that an account defines itself, and adds them to records.
 *
 * <p>Labels that the vendor documents belong to the field tables of the package {@code record}.
 */
package io.bangwo8stream.label;
