package io.bangwo8stream.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.config.AccountHash;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.record.UnreadableJsonException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** To whom event topics and tenants belong, as the state topic remembers it. */
final class StateOwners {

    private static final String TOPIC_PREFIX = "_topic/";
    private static final String ACCOUNT_PREFIX = "_account/";

    private final StateNotes notes;
    private final Settings settings;

    StateOwners(StateNotes notes, Settings settings) {
        this.notes = notes;
        this.settings = settings;
    }

    /** The error when the states of the tenant belong to another account; remembers this one when there is none. */
    Optional<String> accountError(Map<String, byte[]> known) {
        String key = ACCOUNT_PREFIX + settings.tenant();
        byte[] own = value("account", AccountHash.of(settings));
        byte[] owner = known.containsKey(key) ? known.get(key) : notes.claim(key, own);
        if (read(owner, "account").equals(AccountHash.of(settings))) {
            return Optional.empty();
        }
        return Optional.of("bangwo8.tenant is '" + settings.tenant()
                + "', whose states belong to another account: its bangwo8.base-url or its login name was another one."
                + " Name another bangwo8.tenant, and topics of its own for it, or, if the account is the same and only"
                + " its login is new, run the command adopt-account once");
    }

    /** Whether the present account is the owner of the tenant's states; empty where nobody is. */
    Optional<Boolean> isOwner(Map<String, byte[]> known) {
        return Optional.ofNullable(known.get(ACCOUNT_PREFIX + settings.tenant()))
                .map(owner -> read(owner, "account").equals(AccountHash.of(settings)));
    }

    /** The same errors, without remembering anything. */
    List<String> errors(Map<String, byte[]> known, Collection<TopicSpec> events) {
        List<String> errors = new ArrayList<>();
        if (known.containsKey(ACCOUNT_PREFIX + settings.tenant())) {
            accountError(known).ifPresent(errors::add);
        }
        events.stream()
                .filter(spec -> known.containsKey(TOPIC_PREFIX + spec.topic()))
                .forEach(spec -> topicError(known, spec).ifPresent(errors::add));
        return errors;
    }

    /** Makes the present account the owner of the tenant's states. */
    void adoptAccount() {
        notes.write(ACCOUNT_PREFIX + settings.tenant(), value("account", AccountHash.of(settings)));
    }

    /**
     * The error when an event topic belongs to another tenant; remembers this one when there is none. The key of an event
     * is the id of its record, so that two tenants in one topic would replace each other's records.
     *
     * @param spec the topic
     */
    Optional<String> topicError(Map<String, byte[]> known, TopicSpec spec) {
        String key = TOPIC_PREFIX + spec.topic();
        byte[] owner = known.containsKey(key) ? known.get(key) : notes.claim(key, value("tenant", settings.tenant()));
        String tenant = read(owner, "tenant");
        return tenant.equals(settings.tenant())
                ? Optional.empty()
                : Optional.of(spec.error("a topic of the tenant '" + tenant + "', but bangwo8.tenant is '"
                        + settings.tenant() + "': name a topic of its own for each tenant"));
    }

    private static byte[] value(String name, String text) {
        return LenientJson.write(LenientJson.object().put(name, text));
    }

    private static String read(byte[] value, String name) {
        try {
            JsonNode json = LenientJson.read(value);
            return json.path(name).asText();
        } catch (UnreadableJsonException unreadable) {
            return StateNotes.text(value);
        }
    }
}
