package io.bangwo8stream.command;

import io.bangwo8stream.schedule.SourceNote;
import io.bangwo8stream.source.Source;
import jakarta.inject.Singleton;
import java.time.Clock;

/** {@code pause} and {@code resume}: a paused source scans nothing, also after a restart. */
final class PauseHandlers {

    private PauseHandlers() {}

    @Singleton
    static class Pause implements CommandHandler {

        private final Clock clock;

        Pause(Clock clock) {
            this.clock = clock;
        }

        @Override
        public String name() {
            return "pause";
        }

        @Override
        public Answer next(Step step) {
            Source source = step.source().orElseThrow();
            return SourceNote.PAUSED
                    .since(step.stream().notes(), source)
                    .map(since -> Answer.done(step.command(), source.name() + " has been paused since " + since))
                    .orElseGet(() -> {
                        SourceNote.PAUSED.store(step.batch(), source, clock.instant());
                        return Answer.done(
                                step.command(),
                                source.name() + " is paused: nothing of it is scanned until the command resume");
                    });
        }
    }

    @Singleton
    static class Resume implements CommandHandler {

        @Override
        public String name() {
            return "resume";
        }

        @Override
        public Answer next(Step step) {
            Source source = step.source().orElseThrow();
            if (SourceNote.PAUSED.since(step.stream().notes(), source).isEmpty()) {
                return Answer.done(step.command(), source.name() + " was not paused");
            }
            SourceNote.PAUSED.store(step.batch(), source, null);
            return Answer.done(step.command(), source.name() + " is scanned again");
        }
    }
}
