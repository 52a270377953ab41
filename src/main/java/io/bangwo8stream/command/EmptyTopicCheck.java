package io.bangwo8stream.command;

import io.bangwo8stream.change.RecordState;
import io.bangwo8stream.kafka.EventStream;
import io.bangwo8stream.kafka.EventStreamRegistry;
import io.bangwo8stream.kafka.EventTopics;
import io.bangwo8stream.scan.Scan;
import io.bangwo8stream.scan.ScanMonitor;
import io.bangwo8stream.source.Source;
import io.bangwo8stream.text.SafeText;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.quarkus.main.events.BeforeStart;
import org.jboss.logging.Logger;

/**
 * Notices at the first turn of a source that its topic is empty although its records are published: the topic was renamed
 * or created again, and what did not change since would be missing there.
 */
@Singleton
class EmptyTopicCheck {

    private static final Logger LOG = Logger.getLogger(EmptyTopicCheck.class);

    private final EventStreamRegistry streams;
    private final EventTopics topics;
    private final Set<String> checked = ConcurrentHashMap.newKeySet();

    EmptyTopicCheck(EventStreamRegistry streams, EventTopics topics) {
        this.streams = streams;
        this.topics = topics;
    }

    void start(@Observes BeforeStart event, ScanMonitor monitor) {
        monitor.onStart(this::check);
    }

    /** Reports an empty topic, and that a single run with it is incomplete. */
    void check(Scan scan) {
        Source source = scan.source();
        EventStream stream = streams.of(source.stream());
        if (scan.isAborted() || stream.size() == 0 || !checked.add(source.name())) {
            return;
        }
        try {
            if (!topics.wasNeverWritten(source.topic())) {
                return;
            }
            long published = stream.count(RecordState::wasPublished);
            if (published > 0) {
                scan.report().incomplete();
                LOG.warnf(
                        "topic-empty source=%s topic=%s published=%d: the topic was renamed or created again, and contains"
                                + " only what changes from now on; run: republish --source %s --all",
                        source.name(), source.topic(), published, source.name());
            }
        } catch (RuntimeException unknown) {
            LOG.debugf("unchecked topic=%s reason=%s", source.topic(), SafeText.named(unknown));
        }
    }
}
