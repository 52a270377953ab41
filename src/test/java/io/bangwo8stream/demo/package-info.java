/**
 * The demo: starts the packaged product, a broker and the stand-in of the API, and prints the events; the simulated
 * help desk does not belong here but in {@code standin}.
 */
package io.bangwo8stream.demo;
