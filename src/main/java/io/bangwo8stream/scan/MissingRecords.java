package io.bangwo8stream.scan;

/** Decides which records are gone, from what the scans have listed. Called while the turn has its stream locked. */
public interface MissingRecords {

    /** Takes what the scan of a window, of any mode, has shown. */
    void windowEnded(ScannedWindow window) throws InterruptedException;

    /** Takes the end of the sweep to which the current window of {@code scan} belongs, its last one. */
    void sweepEnded(Scan scan) throws InterruptedException;
}
