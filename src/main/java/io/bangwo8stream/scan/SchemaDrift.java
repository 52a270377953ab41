package io.bangwo8stream.scan;

import io.bangwo8stream.record.TypedRecord;
import io.bangwo8stream.source.Source;
import io.bangwo8stream.text.SafeText;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Reports what the vendor's tables do not say of a row: unknown fields and codes, and values that do not fit. */
@Singleton
public class SchemaDrift {

    private static final Logger LOG = Logger.getLogger(SchemaDrift.class);

    /** A response with ever new names must not fill the memory, nor the metrics. */
    private static final int MOST = 500;

    private final MeterRegistry meters;
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    public SchemaDrift(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Counts what is new in a typed row, and logs it once for each field in this process; never a value. */
    void of(Source source, TypedRecord typed) {
        source.fields().drift(typed).forEach((field, kind) -> report(source, field, kind));
    }

    private void report(Source source, String field, String kind) {
        String name = SafeText.cut(SafeText.escaped(field), 60);
        String key = source.name() + ' ' + name + ' ' + kind;
        if (!reported.contains(key)) {
            if (reported.size() >= MOST) {
                return;
            }
            reported.add(key);
            LOG.infof("schema-drift source=%s field=%s kind=%s", source.name(), name, kind);
        }
        meters.counter("bangwo8.schema.drift", "source", source.name(), "field", name)
                .increment();
    }
}
