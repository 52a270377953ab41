package io.bangwo8stream.source;

import java.util.Set;

/**
 * The event that other routes run than before.
 *
 * @param revision of the routes that run now
 * @param changed  names of the files that are other ones, new or gone
 * @param removed  names of the sources that are gone
 */
public record RoutesApplied(String revision, Set<String> changed, Set<String> removed) {}
