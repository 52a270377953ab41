/**
 * Converts the vendor's JSON to typed records and event values: JSON, field tables, typing, chats, service summaries.
 *
 * <p>Fetching records, detecting changes and publishing events do not belong here.
 */
package io.bangwo8stream.record;
