/**
 * Watches whether the scans of this instance make progress, and reports readiness and liveness.
 *
 * <p>Nothing here influences a scan, and no other package depends on this one.
 */
package io.bangwo8stream.health;
