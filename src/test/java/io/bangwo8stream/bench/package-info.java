/** Measures the packaged product against a hand-written ceiling and an ideal; no part of the product. */
package io.bangwo8stream.bench;
