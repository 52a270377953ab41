package io.bangwo8stream.standin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/** A server on the loopback interface that serves each connection in a thread of its own. */
abstract class LoopbackServer implements AutoCloseable {

    private final ServerSocket server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<List<String>> requests = new CopyOnWriteArrayList<>();

    LoopbackServer(ServerSocketFactory factory) {
        try {
            this.server = factory.createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Accepts connections; called at the end of the constructor of a server. */
    final void start() {
        start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** The requests so far, each as its lines up to the empty one. */
    public List<List<String>> requests() {
        return requests;
    }

    /** Serves one connection, and closes it. */
    abstract void serve(Socket socket);

    /** Closes {@code socket} when the server is closed. */
    final void closeAtEnd(Socket socket) {
        sockets.add(socket);
    }

    /** Copies in both directions until one of them ends. */
    final void tunnel(Socket client, Socket origin) {
        closeAtEnd(origin);
        start(() -> copy(origin, client));
        copy(client, origin);
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.close();
        } catch (IOException closed) {
            // the other direction has ended
        }
    }

    final void start(Runnable task) {
        Thread thread = new Thread(task, getClass().getSimpleName());
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                closeAtEnd(socket);
                start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // the end of the test
        }
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
