/**
 * What the product writes about errors, without credentials and in one line, and the filter of its log. It uses no other
 * package.
 */
package io.bangwo8stream.text;
