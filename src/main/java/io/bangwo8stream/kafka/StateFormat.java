package io.bangwo8stream.kafka;

/** The shapes of the states in the state topic. */
public final class StateFormat {

    /** The shape that this version writes, and the newest that it reads. */
    public static final int NEWEST = 1;

    private StateFormat() {}
}
