package io.bangwo8stream.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Reads what was published, and compares it with what the help desk has shown. */
final class PublicationCheck implements AutoCloseable {

    private static final Duration SETTLE_TIMEOUT = Duration.ofMinutes(4);

    private final ActiveHelpDesk desk;
    private final CommittedEventReader<RecordContent> events;
    private final CommittedEventReader<TicketContent> tickets;
    private final CommittedEventReader<JsonNode> deadLetters;
    private Map<String, Timeline> shown = Map.of();
    private Map<String, TicketTimeline> shownTickets = Map.of();

    PublicationCheck(ActiveHelpDesk desk, String bootstrapServers) {
        this.desk = desk;
        this.events = new CommittedEventReader<>(
                bootstrapServers, TestCluster.EVENTS, RecordContent::document, RecordContent::ofEvent);
        this.tickets = new CommittedEventReader<>(
                bootstrapServers, TestCluster.TICKETS, TicketContent::document, TicketContent::ofEvent);
        this.deadLetters = new CommittedEventReader<>(
                bootstrapServers, TestCluster.DEAD_LETTERS, RecordContent::document, value -> value);
    }

    /** Waits until everything is published, while nothing changes; returns after how long, or after a timeout. */
    Duration awaitPublished() throws InterruptedException {
        long startedAt = System.nanoTime();
        shown = desk.timelines();
        shownTickets = desk.ticketTimelines();
        while (violations().isUnfinished() && System.nanoTime() - startedAt < SETTLE_TIMEOUT.toNanos()) {
            Thread.sleep(1_000);
        }
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    /** Compares what is published now with what was shown when {@link #awaitPublished} was called. */
    Violations violations() {
        Violations violations = ConsistencyChecker.check(shown, events.events());
        violations.addAll(ConsistencyChecker.check(shownTickets, tickets.events()));
        return violations;
    }

    /** What was compared, in words. */
    List<String> checked() {
        long days = desk.desk().remoteRecords().days();
        return List.of(
                lastStates("records", shown) + ", on " + days + " days",
                sequences(events.events()),
                lastStates("tickets", shownTickets) + ", "
                        + shownTickets.values().stream()
                                .filter(TicketTimeline::isUnlisted)
                                .count()
                        + " are in no followed view",
                sequences(tickets.events()));
    }

    private static String lastStates(String what, Map<String, ? extends Versions<?>> shown) {
        long versions = shown.values().stream().mapToLong(Versions::size).sum();
        long gone = shown.values().stream().filter(Versions::isGone).count();
        return "last states of " + shown.size() + " " + what + " in " + versions + " versions, " + gone + " are gone";
    }

    private static String sequences(List<? extends CommittedEvent<?>> events) {
        long deletions = events.stream().filter(CommittedEvent::isDeletion).count();
        long creations = events.stream().filter(CommittedEvent::isCreation).count();
        long keys = events.stream().map(CommittedEvent::key).distinct().count();
        return "order, types and ids of " + events.size() + " events, " + deletions + " deletions, "
                + (creations - keys) + " creations after a deletion";
    }

    long events() {
        return events.events().size() + tickets.events().size();
    }

    long deadLetters() {
        return deadLetters.read().size();
    }

    @Override
    public void close() {
        events.close();
        tickets.close();
        deadLetters.close();
    }
}
