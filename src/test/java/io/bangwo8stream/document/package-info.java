/** Tests of documents that belong to no package, such as the examples for consumers. */
package io.bangwo8stream.document;
