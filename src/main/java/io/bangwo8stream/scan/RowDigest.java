package io.bangwo8stream.scan;

/**
 * What is known of a row without reading it again.
 *
 * @param sent        64 bits over the row as it was sent, and the version of the labels with which it was read
 * @param fingerprint of the typed row
 * @param size        of its content, in bytes; 0 for one that is no usable record
 */
record RowDigest(long sent, long fingerprint, int size) {}
