package io.bangwo8stream.cluster;

import java.util.Optional;

/** States failures of the group as they are. */
final class PlainDiagnosis implements GroupDiagnosis {

    @Override
    public Finding explain(RuntimeException failure) {
        return new Finding(LeadershipStatus.Reason.GROUP_FAILED, failure.toString());
    }

    @Override
    public Optional<Finding> investigate() {
        return Optional.empty();
    }
}
