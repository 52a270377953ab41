package io.bangwo8stream.command;

import io.bangwo8stream.kafka.EventStream;
import io.bangwo8stream.kafka.EventStreamRegistry;
import io.bangwo8stream.kafka.EventTopics;
import io.bangwo8stream.kafka.StreamSnapshot;
import io.bangwo8stream.kafka.WriteBatch;
import io.bangwo8stream.scan.Scan;
import io.bangwo8stream.scan.ScanMonitor;
import io.bangwo8stream.schedule.SourceNote;
import io.bangwo8stream.source.Source;
import io.bangwo8stream.text.SafeText;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.camel.quarkus.main.events.BeforeStart;
import org.jboss.logging.Logger;

/**
 * Notices at the first turn of a source that its topic is empty although its records are published: the topic was renamed
 * or created again, and what did not change since would be missing there. A note of the stream remembers it until a
 * command publishes everything again: the first event ends the emptiness, but not what is missing.
 */
@Singleton
class EmptyTopicCheck {

    private static final Logger LOG = Logger.getLogger(EmptyTopicCheck.class);

    private final EventStreamRegistry streams;
    private final EventTopics topics;
    private final Clock clock;
    private final Set<String> checked = ConcurrentHashMap.newKeySet();

    EmptyTopicCheck(EventStreamRegistry streams, EventTopics topics, Clock clock) {
        this.streams = streams;
        this.topics = topics;
        this.clock = clock;
    }

    void start(@Observes BeforeStart event, ScanMonitor monitor) {
        monitor.onStart(this::check);
    }

    /** Reports a topic that lacks records, and that a single run with it is incomplete. */
    void check(Scan scan) {
        Source source = scan.source();
        if (scan.isAborted() || !checked.add(source.name())) {
            return;
        }
        EventStream stream = streams.of(source.stream());
        try {
            Optional<String> problem = problem(source, stream.snapshot(), topics::wasNeverWritten);
            if (problem.isPresent()) {
                scan.report().incomplete();
                LOG.warnf("topic-empty source=%s topic=%s: %s", source.name(), source.topic(), problem.get());
                remember(stream, source);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException unknown) {
            checked.remove(source.name());
            LOG.debugf("unchecked topic=%s reason=%s", source.topic(), SafeText.named(unknown));
        }
    }

    /**
     * What is missing in the topic of {@code source}, which may not exist, and what to do; empty where nothing is.
     *
     * @throws org.apache.kafka.common.KafkaException when the broker does not respond, or refuses to describe the topic
     */
    Optional<String> problem(Source source, StreamSnapshot state) {
        return problem(source, state, topics::isAbsentOrWasNeverWritten);
    }

    private static Optional<String> problem(Source source, StreamSnapshot state, Predicate<String> isEmpty) {
        if (SourceNote.TOPIC_EMPTY.since(state.notes(), source).isPresent()) {
            return Optional.of("the topic was empty although records were published, and contains only what has changed"
                    + " since; " + remedy(source));
        }
        // The count goes through all states, and the first start has none.
        if (state.hasNoState() || !isEmpty.test(source.topic())) {
            return Optional.empty();
        }
        long published = state.count(
                record -> record.wasPublished() && !record.isToRepublish() && CommandHandler.owns(source, record));
        return published > 0
                ? Optional.of("the topic is empty although " + published + " records are published: it was renamed or"
                        + " created again, and will contain only what changes from now on; " + remedy(source))
                : Optional.empty();
    }

    private static String remedy(Source source) {
        return "run: republish --source " + source.name() + " --all";
    }

    private void remember(EventStream stream, Source source) throws InterruptedException {
        if (SourceNote.TOPIC_EMPTY.since(stream.notes(), source).isEmpty()) {
            stream.commit(() -> {
                WriteBatch batch = new WriteBatch();
                SourceNote.TOPIC_EMPTY.store(batch, source, clock.instant());
                return batch;
            });
        }
    }
}
