package io.bangwo8stream.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bangwo8stream.config.TestSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SizeLimitedInputStreamTest {

    private final ExchangeDeadlines deadlines = new ExchangeDeadlines(TestSettings.of());

    private final AtomicInteger aborts = new AtomicInteger();

    /** A body without an end. With a real connection, closing such a body would read without an end. */
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
    void passesABodyThatIsNotTooLarge(long largest) throws IOException {
        try (InputStream body = limited(new ByteArrayInputStream(new byte[10]), largest)) {
            assertThat(body.readAllBytes()).hasSize(10);
        }
        assertThat(aborts).hasValue(0);
    }

    @Test
    void abortsTheConnectionOfABodyThatIsTooLarge() {
        Endless endless = new Endless();
        InputStream body = limited(endless, 100_000);

        assertThatThrownBy(body::readAllBytes).isInstanceOf(SizeLimitedInputStream.TooLarge.class);
        assertThat(aborts).hasValue(1);
        assertThat(endless.read).isLessThan(200_000);
    }

    @Test
    void countsBytesThatAreReadOneByOne() throws IOException {
        InputStream body = limited(new Endless(), 2);
        assertThat(body.read()).isEqualTo('x');
        assertThat(body.read()).isEqualTo('x');

        assertThatThrownBy(body::read).isInstanceOf(SizeLimitedInputStream.TooLarge.class);
    }

    @Test
    void countsBytesThatAreSkipped() {
        InputStream body = limited(new Endless(), 100);

        assertThatThrownBy(() -> body.skipNBytes(101)).isInstanceOf(SizeLimitedInputStream.TooLarge.class);
    }

    @Test
    void readsNothingOnCloseAfterTheConnectionWasAborted() throws IOException {
        Endless endless = new Endless();
        InputStream body = limited(endless, 100);
        assertThatThrownBy(body::readAllBytes).isInstanceOf(SizeLimitedInputStream.TooLarge.class);

        long read = endless.read;
        body.close();

        assertThat(endless.read).isEqualTo(read);
        assertThat(endless.closed).as("closing would read to the end").isFalse();
        assertThat(aborts).hasValue(1);
    }

    @Test
    void readsTheRestOfABodyOnCloseSoThatTheConnectionCanBeUsedAgain() throws IOException {
        InputStream rest = new ByteArrayInputStream(new byte[5000]);
        InputStream body = limited(rest, 10_000);
        assertThat(body.read()).isZero();

        body.close();

        assertThat(rest.available()).isZero();
        assertThat(aborts).hasValue(0);
    }

    @Test
    void abortsTheConnectionOnCloseWhenTheRestOfABodyIsTooLarge() throws IOException {
        Endless endless = new Endless();
        InputStream body = limited(endless, 100_000);

        body.close();
        body.close();

        assertThat(endless.read).isLessThan(200_000);
        assertThat(endless.closed).as("closing would read to the end").isFalse();
        assertThat(aborts).hasValue(1);
    }

    @Test
    void doesNotSupportMark() {
        assertThat(limited(new ByteArrayInputStream(new byte[1]), 1).markSupported())
                .isFalse();
    }

    private InputStream limited(InputStream body, long largest) {
        return new SizeLimitedInputStream(body, largest, deadlines.start(() -> {}, () -> {}), aborts::incrementAndGet);
    }
}
