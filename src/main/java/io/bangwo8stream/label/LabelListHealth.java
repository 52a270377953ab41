package io.bangwo8stream.label;

import io.bangwo8stream.time.MonotonicTime;
import java.time.Duration;

/** Whether the list with the labels of one source responds, and when it may be requested again after a failure. */
final class LabelListHealth {

    private enum State {
        RESPONDS,
        DOWN,
        REFUSED
    }

    private final MonotonicTime clock;
    private final Duration firstPause;
    private final Duration longestPause;
    private State state = State.RESPONDS;
    private Duration pause = Duration.ZERO;
    private Duration pausedAt;
    private Duration checkFailedAt;

    /** @param firstPause after a failure; doubles with each further one, up to {@code longestPause} */
    LabelListHealth(MonotonicTime clock, Duration firstPause, Duration longestPause) {
        this.clock = clock;
        this.firstPause = firstPause;
        this.longestPause = longestPause;
    }

    /** Whether its last request failed for a reason that may be temporary. */
    synchronized boolean isDown() {
        return state == State.DOWN;
    }

    /** Whether its last request was refused. */
    synchronized boolean isRefused() {
        return state == State.REFUSED;
    }

    /** Whether it is too early for another request. */
    synchronized boolean isPaused() {
        return state != State.RESPONDS && isWithin(pause, pausedAt);
    }

    /** Whether it is too early for another request that only checks known labels. */
    synchronized boolean isCheckPaused() {
        return isPaused() || isWithin(longestPause, checkFailedAt);
    }

    synchronized void responded() {
        state = State.RESPONDS;
        pause = Duration.ZERO;
        checkFailedAt = null;
    }

    /** @param needed whether the request was for unknown labels; one that only checks known labels is not retried */
    synchronized void failed(boolean needed) {
        if (needed) {
            pauseIn(State.DOWN);
        } else {
            checkFailedAt = clock.now();
        }
    }

    synchronized void refused() {
        pauseIn(State.REFUSED);
    }

    private void pauseIn(State failed) {
        Duration longer = pause.isZero() ? firstPause : pause.multipliedBy(2);
        pause = longer.compareTo(longestPause) < 0 ? longer : longestPause;
        pausedAt = clock.now();
        state = failed;
    }

    private boolean isWithin(Duration time, Duration start) {
        return start != null && clock.now().minus(start).compareTo(time) < 0;
    }
}
