package io.bangwo8stream.api;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** A response's body that closes its connection and throws when it is too large or takes too long. */
final class SizeLimitedInputStream extends FilterInputStream {

    private final long deadline;
    private final Runnable abort;
    private long left;
    private boolean aborted;
    private boolean closed;

    SizeLimitedInputStream(InputStream body, long largest, Duration longest, Runnable abort) {
        super(body);
        this.left = largest;
        this.deadline = System.nanoTime() + longest.toNanos();
        this.abort = abort;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        count(Math.max(read, 0));
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        long skipped = super.skip(bytes);
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
        if (closed || aborted) {
            return;
        }
        closed = true;
        try {
            transferTo(OutputStream.nullOutputStream());
        } catch (IOException tooLargeOrBroken) {
            abortConnection();
        }
        // Closing the wrapped body reads it to its end, which an aborted one must not do.
        if (!aborted) {
            super.close();
        }
    }

    private void count(long read) throws IOException {
        left -= read;
        if (left < 0) {
            throw aborting(new TooLarge());
        }
        if (System.nanoTime() - deadline > 0) {
            throw aborting(new SocketTimeoutException("the body took longer than bangwo8.request-timeout"));
        }
    }

    private IOException aborting(IOException reason) {
        abortConnection();
        return reason;
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
