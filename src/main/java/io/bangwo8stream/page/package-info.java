/**
 * What a browser shows of the product: the page of the management port. What is written into the topic of the status does
 * not belong here.
 */
package io.bangwo8stream.page;
