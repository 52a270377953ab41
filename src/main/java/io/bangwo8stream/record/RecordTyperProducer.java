package io.bangwo8stream.record;

import io.bangwo8stream.config.Settings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the typer that rows and joined parts share, and counts the custom fields that it could not decode. */
class RecordTyperProducer {

    @Produces
    @Singleton
    RecordTyper typer(Settings settings, MeterRegistry meters) {
        Counter malformed = Counter.builder("bangwo8.custom-fields.malformed")
                .description("Custom fields that look serialised by PHP and are not, each time they are read")
                .register(meters);
        return new RecordTyper(settings.zone(), new CustomFields(malformed::increment));
    }
}
