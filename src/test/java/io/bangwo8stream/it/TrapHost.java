package io.bangwo8stream.it;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A host that nobody should ever ask for anything, least of all with credentials. */
final class TrapHost implements AutoCloseable {

    private final HttpServer server;
    private final List<String> visits = new CopyOnWriteArrayList<>();

    TrapHost() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            visits.add(exchange.getRequestURI() + " with "
                    + exchange.getRequestHeaders().entrySet());
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
    }

    String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What it was asked, and with which headers. */
    List<String> visits() {
        return visits;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
