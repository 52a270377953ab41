/**
 * Defines a source from the parameters of its route: its lists, its topic, its fields and the routes of its joins.
 *
 * <p>When a source is scanned, and how its pages are fetched, does not belong here.
 */
package io.bangwo8stream.source;
