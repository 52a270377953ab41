package io.bangwo8stream.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.record.LenientJson;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code status}: prints what stands in {@code bangwo8.status}. */
@Singleton
class StatusAction implements Action {

    private static final long WATCH_SECONDS = 2;

    private final StatusReader statuses;
    private final Clock clock;

    StatusAction(StatusReader statuses, Clock clock) {
        this.statuses = statuses;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "status";
    }

    @Override
    public int run(CommandOptions options, Output out) throws InterruptedException {
        print(statuses.read(), out);
        while (options.has("--watch")) {
            TimeUnit.SECONDS.sleep(WATCH_SECONDS);
            print(statuses.read(), out);
        }
        return CommandTree.DONE;
    }

    private void print(Map<String, JsonNode> present, Output out) {
        if (out.isJson()) {
            ObjectNode all = LenientJson.object();
            all.setAll(present);
            out.json(all);
        } else {
            new StatusTables(present, clock.instant()).print(out);
        }
    }
}
