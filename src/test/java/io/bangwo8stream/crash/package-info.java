/** The crash harness: real processes that are killed, paused and lied to, and a comparison of what came out of it. */
package io.bangwo8stream.crash;
