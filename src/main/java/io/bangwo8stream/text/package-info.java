/**
 * What the product writes about errors: without credentials and in one line. Also the filter of its log, the end of the
 * process after an error that leaves it unreliable, and the known name that is nearest to a misspelt one.
 *
 * <p>It uses no other package. What an error means, and what to do about it, belongs where the error arises.
 */
package io.bangwo8stream.text;
