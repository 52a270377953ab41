/**
 * Reports readiness and liveness: whether each source is led and scanned, and what is broken.
 *
 * <p>Nothing here influences a scan, and no other package depends on this one.
 */
package io.bangwo8stream.health;
