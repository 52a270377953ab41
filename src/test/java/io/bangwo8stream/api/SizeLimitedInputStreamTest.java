package io.bangwo8stream.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SizeLimitedInputStreamTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final AtomicInteger aborts = new AtomicInteger();

    /** A body that never ends; its close reads on for ever, as that of a connection does. */
    private static final class Endless extends InputStream {
        private long read;
        private boolean closed;

        @Override
        public int read() {
            read++;
            return 'x';
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            read += length;
            return length;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {10, 11, 1000})
    void letsThroughWhatIsNotTooLarge(long largest) throws IOException {
        try (InputStream body = bounded(new ByteArrayInputStream(new byte[10]), largest, LONG)) {
            assertThat(body.readAllBytes()).hasSize(10);
        }
        assertThat(aborts).hasValue(0);
    }

    @Test
    void dropsTheConnectionOfABodyThatIsTooLarge() {
        Endless endless = new Endless();
        InputStream body = bounded(endless, 100_000, LONG);

        assertThatThrownBy(body::readAllBytes).isInstanceOf(SizeLimitedInputStream.TooLarge.class);
        assertThat(aborts).hasValue(1);
        assertThat(endless.read).isLessThan(200_000);
    }

    @Test
    void countsBytesReadOneByOneToo() throws IOException {
        InputStream body = bounded(new Endless(), 2, LONG);
        assertThat(body.read()).isEqualTo('x');
        assertThat(body.read()).isEqualTo('x');

        assertThatThrownBy(body::read).isInstanceOf(SizeLimitedInputStream.TooLarge.class);
    }

    @Test
    void countsBytesThatAreSkippedToo() {
        InputStream body = bounded(new Endless(), 100, LONG);

        assertThatThrownBy(() -> body.skipNBytes(101)).isInstanceOf(SizeLimitedInputStream.TooLarge.class);
    }

    @Test
    void dropsTheConnectionOfABodyThatTakesTooLong() {
        InputStream body = bounded(new Endless(), Long.MAX_VALUE, Duration.ZERO);

        assertThatThrownBy(body::readAllBytes).isInstanceOf(SocketTimeoutException.class);
        assertThat(aborts).hasValue(1);
    }

    @Test
    void doesNotReadOnWhenItIsClosedAfterThat() throws IOException {
        Endless endless = new Endless();
        InputStream body = bounded(endless, 100, LONG);
        assertThatThrownBy(body::readAllBytes).isInstanceOf(SizeLimitedInputStream.TooLarge.class);

        long read = endless.read;
        body.close();

        assertThat(endless.read).isEqualTo(read);
        assertThat(endless.closed).as("closing would read to the end").isFalse();
        assertThat(aborts).hasValue(1);
    }

    @Test
    void readsAnUnreadRestSoThatItsConnectionCanBeUsedAgain() throws IOException {
        InputStream rest = new ByteArrayInputStream(new byte[5000]);
        InputStream body = bounded(rest, 10_000, LONG);
        assertThat(body.read()).isZero();

        body.close();

        assertThat(rest.available()).isZero();
        assertThat(aborts).hasValue(0);
    }

    @Test
    void dropsTheConnectionOfAnUnreadRestThatIsTooLarge() throws IOException {
        Endless endless = new Endless();
        InputStream body = bounded(endless, 100_000, LONG);

        body.close();
        body.close();

        assertThat(endless.read).isLessThan(200_000);
        assertThat(endless.closed).as("closing would read to the end").isFalse();
        assertThat(aborts).hasValue(1);
    }

    @Test
    void cannotBeReadTwice() {
        assertThat(bounded(new ByteArrayInputStream(new byte[1]), 1, LONG).markSupported())
                .isFalse();
    }

    private InputStream bounded(InputStream body, long largest, Duration longest) {
        return new SizeLimitedInputStream(body, largest, longest, aborts::incrementAndGet);
    }
}
