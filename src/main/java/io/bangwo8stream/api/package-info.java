/**
 * The API gateway: sends requests to the help-desk API, limits their rate, and parses responses and pages.
 *
 * <p>No other package sends HTTP requests; which lists exist, and what a record means, does not belong here.
 */
package io.bangwo8stream.api;
