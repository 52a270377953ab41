package io.bangwo8stream.cluster;

import java.util.Optional;

/** States failures of the group as they are. */
final class PlainDiagnosis implements GroupDiagnosis {

    @Override
    public Explanation explain(RuntimeException failure) {
        return new Explanation(LeadershipStatus.Reason.GROUP_FAILED, failure.toString());
    }

    @Override
    public Optional<Explanation> investigate() {
        return Optional.empty();
    }
}
