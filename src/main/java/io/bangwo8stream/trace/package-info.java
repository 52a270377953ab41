/**
 * The spans of scans, pages and calls, for whoever switches traces on. Other packages say when a span begins and ends, and
 * hold it meanwhile: pages and joins run on several threads. It uses no other package.
 */
package io.bangwo8stream.trace;
