/** From the vendor's JSON to typed records: field tables, typing, chat, service summary, event values. */
package io.bangwo8stream.record;
