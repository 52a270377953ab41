package io.bangwo8stream.cluster;

/** Says whether this instance still leads a stream; asked between pages, since a walk outlives a lost leadership. */
@FunctionalInterface
public interface LeadershipCheck {

    boolean leads(String stream);
}
