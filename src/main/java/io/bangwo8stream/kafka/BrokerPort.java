package io.bangwo8stream.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** Finds out what listens at the configured addresses when no broker answers there. */
final class BrokerPort {

    private static final int TIMEOUT_MS = 2_000;
    /** A ClientHello of TLS 1.2 with one cipher suite: enough for a TLS server to answer or to refuse it. */
    private static final byte[] CLIENT_HELLO =
            HexFormat.of().parseHex("160301002f0100002b0303" + "00".repeat(32) + "000004c02f00ff0100");
    /** The first byte of a TLS record: an alert, or a handshake. */
    private static final int TLS_ALERT = 0x15;

    private static final int TLS_HANDSHAKE = 0x16;

    private final String servers;
    private final String protocol;

    /** @param protocol {@code security.protocol} of the clients */
    BrokerPort(String servers, String protocol) {
        this.servers = servers;
        this.protocol = protocol.toUpperCase(Locale.ROOT);
    }

    /** Whether an address is a TLS port, which the protocol of the clients does not fit; such a broker never answers. */
    Optional<String> mismatch() {
        return usesTls() || !speaksTls()
                ? Optional.empty()
                : Optional.of("kafka.bootstrap.servers is '" + servers + "', a port that uses TLS, but"
                        + " kafka.security.protocol is " + protocol + ": set it to SSL or SASL_SSL");
    }

    private boolean usesTls() {
        return protocol.endsWith("SSL");
    }

    private boolean speaksTls() {
        return Arrays.stream(servers.split(",")).map(String::strip).anyMatch(BrokerPort::answersTls);
    }

    private static boolean answersTls(String server) {
        int colon = server.lastIndexOf(':');
        try (Socket socket = new Socket()) {
            String host = server.substring(0, colon).replaceAll("^.*://|[\\[\\]]", "");
            socket.connect(new InetSocketAddress(host, Integer.parseInt(server.substring(colon + 1))), TIMEOUT_MS);
            socket.setSoTimeout(TIMEOUT_MS);
            socket.getOutputStream().write(CLIENT_HELLO);
            socket.getOutputStream().flush();
            int first = firstByte(socket.getInputStream());
            return first == TLS_ALERT || first == TLS_HANDSHAKE;
        } catch (IOException | RuntimeException unreachable) {
            return false;
        }
    }

    private static int firstByte(InputStream response) throws IOException {
        try {
            return response.read();
        } catch (SocketTimeoutException silent) {
            return -1;
        }
    }
}
