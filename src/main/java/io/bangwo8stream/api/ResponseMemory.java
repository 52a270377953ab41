package io.bangwo8stream.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.InterruptedIOException;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The part of the heap that all responses under way may take together while they are read. What does not fit waits;
 * the oldest response never waits, so that one of them always proceeds.
 */
@Singleton
class ResponseMemory {

    /** One of so many parts of the heap. */
    private static final int SHARE = 4;

    /** A text of a response is in memory as bytes, as characters, and as the text itself. */
    static final int PER_BYTE = 4;

    /** The memory of an element in a tree, without its text. */
    static final int PER_VALUE = 60;

    private final long size;
    private final Set<Reservation> open = new LinkedHashSet<>();
    private long used;

    @Inject
    ResponseMemory() {
        this(Runtime.getRuntime().maxMemory() / SHARE);
    }

    /** @param size in bytes */
    ResponseMemory(long size) {
        this.size = size;
    }

    /** The largest body that fits, in bytes. */
    long largestBody() {
        return size / PER_BYTE;
    }

    /** The most values that fit; the records that are made from them take several times their memory. */
    long mostValues() {
        return size / PER_VALUE / 5;
    }

    /** Opens the reservation of one response, without any memory yet. */
    synchronized Reservation open() {
        Reservation reservation = new Reservation();
        open.add(reservation);
        return reservation;
    }

    /** The memory of one response; not thread-safe. */
    final class Reservation implements AutoCloseable {

        private long held;

        private Reservation() {}

        /** Takes memory at once; {@code false} when it has to wait for other responses. */
        boolean tryTake(long bytes) {
            synchronized (ResponseMemory.this) {
                if (used + bytes > size && open.iterator().next() != this) {
                    return false;
                }
                used += bytes;
                held += bytes;
                return true;
            }
        }

        /** Takes memory, and waits for it as long as other responses need it. */
        void take(long bytes) throws InterruptedIOException {
            synchronized (ResponseMemory.this) {
                while (!tryTake(bytes)) {
                    try {
                        ResponseMemory.this.wait();
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                        throw new InterruptedIOException("interrupted while waiting for memory");
                    }
                }
            }
        }

        @Override
        public void close() {
            synchronized (ResponseMemory.this) {
                used -= held;
                held = 0;
                open.remove(this);
                ResponseMemory.this.notifyAll();
            }
        }
    }
}
