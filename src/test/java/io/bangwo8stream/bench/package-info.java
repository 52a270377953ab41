/**
 * Measures the packaged product against a hand-written baseline and a computed ideal; tests of correctness do not
 * belong here.
 */
package io.bangwo8stream.bench;
