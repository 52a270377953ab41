package io.bangwo8stream.standin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import javax.net.ServerSocketFactory;

/** Passes connections on to the stand-in, and writes the time of a clock into the {@code Date} of its responses. */
public final class DateProxy extends LoopbackServer {

    private static final byte[] NAME = "\r\nDate: ".getBytes(StandardCharsets.US_ASCII);

    /** Always of the same length, and as the JDK's server writes it. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private final URI origin;
    private final Clock clock;

    public DateProxy(URI origin, Clock clock) {
        super(ServerSocketFactory.getDefault());
        this.origin = origin;
        this.clock = clock;
        start();
    }

    /** The origin for {@code bangwo8.base-url}. */
    public URI baseUri() {
        return URI.create("http://127.0.0.1:" + port());
    }

    @Override
    void serve(Socket client) {
        try (client;
                Socket server = new Socket(origin.getHost(), origin.getPort())) {
            closeAtEnd(server);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            start(() -> copyResponses(server, client));
            client.getInputStream().transferTo(server.getOutputStream());
        } catch (IOException closed) {
            // the client or the stand-in has ended the connection
        }
    }

    private void copyResponses(Socket server, Socket client) {
        try (client) {
            InputStream in = server.getInputStream();
            OutputStream out = client.getOutputStream();
            byte[] buffer = new byte[8_192];
            byte[] date = {};
            int matched = 0;
            int replaced = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    if (replaced < date.length) {
                        buffer[i] = date[replaced++];
                    } else if (buffer[i] == NAME[matched]) {
                        matched++;
                    } else {
                        matched = buffer[i] == NAME[0] ? 1 : 0;
                    }
                    if (matched == NAME.length) {
                        date = DATE.format(clock.instant()).getBytes(StandardCharsets.US_ASCII);
                        matched = 0;
                        replaced = 0;
                    }
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException closed) {
            // the client or the stand-in has ended the connection
        }
    }
}
