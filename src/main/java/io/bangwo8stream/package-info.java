/** Bangwo8 Stream. */
package io.bangwo8stream;
