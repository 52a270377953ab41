package io.bangwo8stream.standin;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/** A server that responds with any bytes, also such as are no HTTP. */
public final class RawServer extends LoopbackServer {

    /** Writes the response to one request, given as its lines; the connection is closed afterwards. */
    public interface Script {
        void respond(List<String> request, OutputStream out) throws IOException, InterruptedException;
    }

    private final Script script;

    public RawServer(Script script) {
        this(ServerSocketFactory.getDefault(), script);
    }

    /** A server behind TLS, with a factory of an {@code SSLContext}. */
    public RawServer(ServerSocketFactory sockets, Script script) {
        super(sockets);
        this.script = script;
        start();
    }

    @Override
    void serve(Socket socket) {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            List<String> lines = new CopyOnWriteArrayList<>();
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                lines.add(line);
            }
            requests().add(lines);
            script.respond(lines, socket.getOutputStream());
        } catch (IOException | InterruptedException aborted) {
            // the client has closed the connection, as tests of limits expect
        }
    }
}
