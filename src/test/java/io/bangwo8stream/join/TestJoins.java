package io.bangwo8stream.join;

import io.bangwo8stream.change.RevisitPolicy;
import io.bangwo8stream.kafka.EventStreamRegistry;
import io.bangwo8stream.scan.LateJoins;
import io.bangwo8stream.time.ClockWatch;

/** Makes the steps of the joins for tests of other packages. */
public final class TestJoins {

    private TestJoins() {}

    public static JoinSteps steps(EventStreamRegistry streams, RevisitPolicy policy, ClockWatch clock) {
        return new JoinSteps(streams, policy, new LateJoins(), clock);
    }
}
