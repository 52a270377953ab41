package io.bangwo8stream.api;

import io.bangwo8stream.api.ExchangeDeadlines.Deadline;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A response's body that closes its connection and throws when it is too large, or its deadline has passed. */
final class SizeLimitedInputStream extends FilterInputStream {

    private final Deadline deadline;
    private final Runnable abort;
    private long left;
    private boolean aborted;
    private boolean closed;

    SizeLimitedInputStream(InputStream body, long largest, Deadline deadline, Runnable abort) {
        super(body);
        this.left = largest;
        this.deadline = deadline;
        this.abort = abort;
    }

    /** The deadline of the exchange. */
    Deadline deadline() {
        return deadline;
    }

    @Override
    public int read() throws IOException {
        int value = reading(in::read);
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = reading(() -> in.read(buffer, offset, length));
        count(Math.max(read, 0));
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        long skipped = reading(() -> in.skip(bytes));
        count(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Reads the rest, within the limits, so that the connection can be used again; otherwise closes the connection. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            readRest();
            // Closing the wrapped body reads it to its end, which an aborted one must not do.
            if (!aborted) {
                super.close();
            }
        } finally {
            deadline.end();
        }
    }

    private void readRest() {
        try {
            if (!aborted) {
                transferTo(OutputStream.nullOutputStream());
            }
        } catch (IOException tooLargeOrBroken) {
            abortConnection();
        }
    }

    private void count(long read) throws IOException {
        left -= read;
        if (left < 0) {
            abortConnection();
            throw new TooLarge();
        }
    }

    private interface Read<T> {
        T read() throws IOException;
    }

    /** A connection that the deadline has closed fails, or seems to end. */
    private <T> T reading(Read<T> read) throws IOException {
        try {
            T result = read.read();
            if (deadline.hasPassed()) {
                throw new IOException("the connection is closed");
            }
            return result;
        } catch (IOException failed) {
            if (deadline.hasPassed()) {
                abortConnection();
            }
            throw deadline.reason(failed);
        }
    }

    private void abortConnection() {
        if (!aborted) {
            aborted = true;
            abort.run();
        }
    }

    /** The body is larger than {@code bangwo8.max-response-size}. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
