package io.bangwo8stream.standin;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import javax.net.ServerSocketFactory;

/** Puts TLS in front of a server that has none. */
public final class TlsFront extends LoopbackServer {

    private final URI origin;

    public TlsFront(ServerSocketFactory sockets, URI origin) {
        super(sockets);
        this.origin = origin;
        start();
    }

    @Override
    void serve(Socket client) {
        try (client;
                Socket server = new Socket(origin.getHost(), origin.getPort())) {
            tunnel(client, server);
        } catch (IOException closed) {
            // the client or the origin has ended the connection
        }
    }
}
