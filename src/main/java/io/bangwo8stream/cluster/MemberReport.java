package io.bangwo8stream.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a claim states about the ability of its member to lead.
 *
 * @param login               a hash of the API's origin and the login name; members with the same one are refused alike
 * @param secondsSinceSuccess the age of the last response of the API; -1 before the first
 * @param failures            scans and probes in a row that brought no response since
 * @param refused             whether the API answered the last of them, but refused the login
 * @param format              the newest format of states that the member reads, and writes when it leads
 * @param stateFormat         the newest format that the member has found in the state topic; 0 before it has read any
 * @param routesRevision      grows with each change of the routes
 */
record MemberReport(
        String login,
        long secondsSinceSuccess,
        int failures,
        boolean refused,
        int format,
        int stateFormat,
        long routesRevision) {

    /** A member of a version that reports nothing; it reads the first format. */
    static final MemberReport NONE = new MemberReport("", -1, 0, false, 1, 0, 0);

    /** Failures in a row after which a member is unable to lead; one of them may have another cause. */
    static final int MAX_FAILURES = 3;

    /** Whether the API answers this member. */
    boolean isAnswered() {
        return secondsSinceSuccess >= 0 && failures < MAX_FAILURES;
    }

    /** Whether the API refuses the login, which every member with this login would find. */
    boolean isLoginRefused() {
        return refused && failures >= MAX_FAILURES;
    }

    /** Whether the group may decide differently than it did with {@code earlier}. */
    boolean differsFrom(MemberReport earlier) {
        return isAnswered() != earlier.isAnswered()
                || isLoginRefused() != earlier.isLoginRefused()
                || stateFormat != earlier.stateFormat()
                || routesRevision != earlier.routesRevision();
    }

    ObjectNode toJson() {
        return ClaimCodec.object()
                .put("login", login)
                .put("secondsSinceSuccess", secondsSinceSuccess)
                .put("failures", failures)
                .put("refused", refused)
                .put("format", format)
                .put("stateFormat", stateFormat)
                .put("routesRevision", routesRevision);
    }

    static MemberReport of(JsonNode json) {
        return new MemberReport(
                json.path("login").asText(NONE.login),
                json.path("secondsSinceSuccess").asLong(NONE.secondsSinceSuccess),
                json.path("failures").asInt(),
                json.path("refused").asBoolean(),
                json.path("format").asInt(NONE.format),
                json.path("stateFormat").asInt(),
                json.path("routesRevision").asLong());
    }
}
