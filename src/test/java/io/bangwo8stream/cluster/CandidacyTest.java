package io.bangwo8stream.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CandidacyTest {

    private final AtomicLong nanos = new AtomicLong(-7);
    private final AtomicInteger changes = new AtomicInteger();
    private final Candidacy candidacy = new Candidacy("login", 1, nanos::get);

    @BeforeEach
    void countChanges() {
        candidacy.onChange(changes::incrementAndGet);
    }

    @Test
    void isNotAnsweredBeforeTheFirstResponse() {
        assertThat(candidacy.isAnswered()).isFalse();
        assertThat(candidacy.report().secondsSinceSuccess()).isEqualTo(-1);

        candidacy.succeeded();
        nanos.addAndGet(90_000_000_000L);

        assertThat(candidacy.isAnswered()).isTrue();
        assertThat(candidacy.report().secondsSinceSuccess()).isEqualTo(90);
        assertThat(changes).hasValue(1);
    }

    @Test
    void isNotAnsweredAfterThreeFailuresInARow() {
        candidacy.succeeded();
        candidacy.failed("one");
        candidacy.failed("two");
        candidacy.succeeded();
        candidacy.failed("one");
        candidacy.failed("two");
        assertThat(candidacy.isAnswered()).isTrue();

        candidacy.failed("three");

        assertThat(candidacy.isAnswered()).isFalse();
        assertThat(candidacy.report().isLoginRefused()).isFalse();
        candidacy.succeeded();
        assertThat(candidacy.isAnswered()).isTrue();
    }

    @Test
    void treatsARefusalOfOneListBesideAnsweredOnesAsNoRefusalOfTheLogin() {
        for (int scan = 0; scan < 5; scan++) {
            candidacy.refused("GET /ticketviews.json answered 403");
            candidacy.succeeded();
        }

        assertThat(changes).as("only the first response").hasValue(1);
    }

    @Test
    void reportsARefusedLoginAfterThreeRefusalsInARow() {
        candidacy.succeeded();
        for (int scan = 0; scan < 3; scan++) {
            candidacy.refused("GET /remoterecord/histories.json answered 401");
        }

        assertThat(candidacy.report().isLoginRefused()).isTrue();
        assertThat(candidacy.isAnswered()).isFalse();
    }

    @Test
    void isOutdatedOnceItHasFoundANewerFormat() {
        candidacy.foundStateFormat(1);
        assertThat(candidacy.isOutdated()).isFalse();
        LogLines lines = LogLines.of(Candidacy.class);

        candidacy.foundStateFormat(2);
        candidacy.foundStateFormat(1);

        assertThat(candidacy.isOutdated()).isTrue();
        assertThat(candidacy.stateFormat()).isEqualTo(2);
        assertThat(lines.containing("state-format-newer")).isEqualTo(1);
        lines.close();
    }
}
