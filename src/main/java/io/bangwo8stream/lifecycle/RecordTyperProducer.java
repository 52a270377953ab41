package io.bangwo8stream.lifecycle;

import io.bangwo8stream.config.Settings;
import io.bangwo8stream.record.CustomFieldDecoder;
import io.bangwo8stream.record.RecordTyper;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Produces the typer that rows and joined parts share, and counts malformed custom fields. */
class RecordTyperProducer {

    @Produces
    @Singleton
    RecordTyper typer(Settings settings, MeterRegistry meters) {
        Counter malformed = Counter.builder("bangwo8.custom-fields.malformed")
                .description("Custom fields that look PHP-serialised but are malformed, per read")
                .register(meters);
        return new RecordTyper(settings.zone(), new CustomFieldDecoder(malformed::increment));
    }
}
