package io.bangwo8stream.kafka;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Finds out whether the configured addresses are TLS ports before a Kafka client without TLS reads one: it takes the
 * beginning of a TLS alert for the size of a response, 336 MiB, and uses up the heap.
 */
final class BrokerPort {

    private static final int TIMEOUT_MS = 2_000;
    /** Asks for the versions of the protocol, as every Kafka client does first; a TLS server answers with an alert. */
    private static final byte[] API_VERSIONS = HexFormat.of().parseHex("0000000a0012000000000001ffff");
    /** The first byte of a TLS record: an alert, or a handshake. */
    private static final int TLS_ALERT = 0x15;

    private static final int TLS_HANDSHAKE = 0x16;
    /** The first byte of the size of a broker's response. */
    private static final int BROKER = 0;

    private final String servers;
    private final String protocol;

    /** @param protocol {@code security.protocol} of the clients */
    BrokerPort(String servers, String protocol) {
        this.servers = servers;
        this.protocol = protocol.toUpperCase(Locale.ROOT);
    }

    /** Whether an address is a TLS port, which the protocol of the clients does not fit. */
    Optional<String> mismatch() {
        return usesTls() || !speaksTls()
                ? Optional.empty()
                : Optional.of("kafka.bootstrap.servers is '" + servers + "', a port that uses TLS, but"
                        + " kafka.security.protocol is " + protocol + ": set it to SSL or SASL_SSL");
    }

    /** Whether an address is a port without TLS: the broker ends such a connection, and the clients repeat it. */
    Optional<String> lacksTls() {
        return usesTls() && firstBytes().anyMatch(first -> first == BROKER)
                ? Optional.of("kafka.bootstrap.servers is '" + servers + "', a port that does not use TLS, but"
                        + " kafka.security.protocol is " + protocol + ": set it to PLAINTEXT or SASL_PLAINTEXT, or name"
                        + " the port of a TLS listener")
                : Optional.empty();
    }

    private boolean usesTls() {
        return protocol.endsWith("SSL");
    }

    private boolean speaksTls() {
        return firstBytes().anyMatch(first -> first == TLS_ALERT || first == TLS_HANDSHAKE);
    }

    private IntStream firstBytes() {
        return Arrays.stream(servers.split(",")).map(String::strip).mapToInt(BrokerPort::firstByte);
    }

    /** The first byte of the answer to a Kafka request without TLS; -1 where there is none. */
    private static int firstByte(String server) {
        int colon = server.lastIndexOf(':');
        try (Socket socket = new Socket()) {
            String host = server.substring(0, colon).replaceAll("^.*://|[\\[\\]]", "");
            socket.connect(new InetSocketAddress(host, Integer.parseInt(server.substring(colon + 1))), TIMEOUT_MS);
            socket.setSoTimeout(TIMEOUT_MS);
            socket.getOutputStream().write(API_VERSIONS);
            socket.getOutputStream().flush();
            return socket.getInputStream().read();
        } catch (IOException | RuntimeException silent) {
            return -1;
        }
    }
}
