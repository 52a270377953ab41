/**
 * What the product writes about errors, without credentials and in one line, the filter of its log, the end of the process after an
 * error that leaves it unreliable, and what somebody
 * meant who misspelt a name. It uses no other package.
 */
package io.bangwo8stream.text;
