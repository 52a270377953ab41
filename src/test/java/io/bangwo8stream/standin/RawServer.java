package io.bangwo8stream.standin;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/** A server that responds with any bytes, also such as are no HTTP. */
public final class RawServer implements AutoCloseable {

    /** Writes the response to one request, given as its lines; the connection is closed afterwards. */
    public interface Script {
        void respond(List<String> request, OutputStream out) throws IOException, InterruptedException;
    }

    private final ServerSocket server;
    private final Script script;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<List<String>> requests = new CopyOnWriteArrayList<>();

    public RawServer(Script script) {
        this(ServerSocketFactory.getDefault(), script);
    }

    /** A server behind TLS, with a factory of an {@code SSLContext}. */
    public RawServer(ServerSocketFactory sockets, Script script) {
        try {
            this.server = sockets.createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.script = script;
        start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** The requests so far, each as its lines up to the empty one. */
    public List<List<String>> requests() {
        return requests;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                sockets.add(socket);
                start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // the end of the test
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            List<String> lines = new CopyOnWriteArrayList<>();
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                lines.add(line);
            }
            requests.add(lines);
            script.respond(lines, socket.getOutputStream());
        } catch (IOException | InterruptedException aborted) {
            // the client has closed the connection, as tests of limits expect
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
