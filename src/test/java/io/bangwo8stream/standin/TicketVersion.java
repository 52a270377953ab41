package io.bangwo8stream.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * The state of a ticket after one change.
 *
 * @param sequence number of the change among the changes of all tickets, from 1
 * @param row      the row as the lists show it; {@code null} when this change removed the ticket
 * @param views    the ids of the views that list it, whether or not they are active
 */
public record TicketVersion(long sequence, String id, ObjectNode row, Set<String> views) {}
