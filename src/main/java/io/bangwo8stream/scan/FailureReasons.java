package io.bangwo8stream.scan;

import java.util.List;

/** Why a record cannot be published: what its dead letter says, and by what dead letters are counted. */
public final class FailureReasons {

    /** A request for a part of the record failed; another scan may succeed. */
    public static final String JOIN_FAILED = "join-failed";

    /** A part of the record, or its event, is larger than what is accepted. */
    public static final String TOO_LARGE = "too-large";

    public static final String UNTYPABLE = "untypable";

    static final String NOT_AN_OBJECT = "not-an-object";
    static final String MISSING_ID = "missing-id";
    static final String UNUSABLE_ID = "unusable-id";
    static final String UNREADABLE_ROW = "unreadable-row";

    public static final List<String> ALL =
            List.of(JOIN_FAILED, TOO_LARGE, UNTYPABLE, NOT_AN_OBJECT, MISSING_ID, UNUSABLE_ID, UNREADABLE_ROW);

    private FailureReasons() {}
}
