/**
 * Finds what is wrong with files of routes, by their texts, before anything runs with them.
 *
 * <p>Starting and replacing routes does not belong here.
 */
package io.bangwo8stream.routes;
