package io.bangwo8stream.scan;

import java.util.Collection;

/** The turns of the sources that are under way. */
public interface RunningScans {

    /** Ends the turns of these sources with the pages that are being joined now; returns whether none is left. */
    boolean endTurns(Collection<String> ofSources);
}
