package io.bangwo8stream.cluster;

/** Whether this instance still leads a stream; checked between pages, since a scan can outlast its leadership. */
@FunctionalInterface
public interface LeadershipCheck {

    boolean leads(String stream);
}
