package io.bangwo8stream.api;

import io.bangwo8stream.record.ReadingLimits;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The body of one response in memory, within the memory of all responses under way; closed once it is parsed. */
final class ResponseBody implements ReadingLimits, AutoCloseable {

    private static final int FIRST = 16 * 1024;

    private final ResponseMemory memory;
    private final ResponseMemory.Reservation reservation;
    private final InputStream in;
    private long valueBytes;

    ResponseBody(ResponseMemory memory, InputStream in) {
        this.memory = memory;
        this.reservation = memory.open();
        this.in = in;
    }

    /** Reads the body to its end. */
    byte[] readAll() throws IOException {
        byte[] body = {};
        int length = 0;
        int read = 0;
        while (read >= 0) {
            length += read;
            if (length == body.length) {
                body = Arrays.copyOf(body, grown(length));
            }
            read = in.read(body, length, body.length - length);
        }
        return Arrays.copyOf(body, length);
    }

    private int grown(int length) throws IOException {
        long more = Math.min(Math.max(FIRST, length), memory.largestBody() - length);
        if (more <= 0) {
            throw new TooLarge("more than " + memory.largestBody()
                    + " bytes, which is what fits of bangwo8.max-response-size into the memory: see -Xmx");
        }
        take(more * ResponseMemory.PER_BYTE);
        return (int) (length + more);
    }

    /** Counts the values of the tree; those of a second attempt take the place of the first. */
    @Override
    public void read(long values) throws IOException {
        if (values > memory.mostValues()) {
            throw new TooManyValues("more than " + memory.mostValues()
                    + " values, the most that fit into its memory: lower bangwo8.per-page, or see -Xmx");
        }
        long more = values * ResponseMemory.PER_VALUE - valueBytes;
        if (more > 0) {
            take(more);
            valueBytes += more;
        }
    }

    /** The deadline is the API's, and does not run while other responses take the memory. */
    private void take(long bytes) throws IOException {
        if (reservation.tryTake(bytes)) {
            return;
        }
        ExchangeDeadlines.Deadline deadline = in instanceof SizeLimitedInputStream limited ? limited.deadline() : null;
        if (deadline == null) {
            reservation.take(bytes);
            return;
        }
        deadline.pause();
        try {
            reservation.take(bytes);
        } finally {
            deadline.resume();
        }
    }

    @Override
    public void close() {
        reservation.close();
    }

    /** The body takes more memory than there is for one response. */
    static class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;

        TooLarge(String message) {
            super(message);
        }

        String outcome() {
            return "too-large";
        }
    }

    /** The body has more values than fit into the memory for one response. */
    static final class TooManyValues extends TooLarge {
        private static final long serialVersionUID = 1L;

        TooManyValues(String message) {
            super(message);
        }

        @Override
        String outcome() {
            return "too-many-values";
        }
    }
}
