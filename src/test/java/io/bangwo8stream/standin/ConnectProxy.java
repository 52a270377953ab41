package io.bangwo8stream.standin;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ServerSocketFactory;

/** A proxy that opens tunnels for one login. */
public final class ConnectProxy extends LoopbackServer {

    private final String expected;

    /** @param login user and password, separated by a colon */
    public ConnectProxy(String login) {
        super(ServerSocketFactory.getDefault());
        this.expected = "Proxy-Authorization: Basic "
                + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
        start();
    }

    @Override
    void serve(Socket client) {
        try (client) {
            List<String> lines = readHead(client.getInputStream());
            requests().add(lines);
            if (lines.isEmpty() || !lines.get(0).startsWith("CONNECT ") || !lines.contains(expected)) {
                write(client, "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"proxy\"");
                return;
            }
            String[] target = lines.get(0).split(" ")[1].split(":");
            try (Socket origin = new Socket(target[0], Integer.parseInt(target[1]))) {
                write(client, "200 Connection established");
                tunnel(client, origin);
            }
        } catch (IOException closed) {
            // the client or the origin has ended the tunnel
        }
    }

    private static void write(Socket client, String status) throws IOException {
        String length = status.startsWith("200") ? "" : "Content-Length: 0\r\nConnection: close\r\n";
        client.getOutputStream()
                .write(("HTTP/1.1 " + status + "\r\n" + length + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** Byte by byte: what follows the head belongs to the tunnel. */
    private static List<String> readHead(InputStream in) throws IOException {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next != '\n') {
                line.append((char) next);
            } else if (line.toString().isBlank()) {
                break;
            } else {
                lines.add(line.toString().strip());
                line.setLength(0);
            }
        }
        return lines;
    }
}
