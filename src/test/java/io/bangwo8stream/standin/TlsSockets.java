package io.bangwo8stream.standin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.GeneralSecurityException;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLServerSocket;

/** Makes sockets of a server with TLS, and with a check of its clients' certificates if wanted. */
public final class TlsSockets extends ServerSocketFactory {

    private final ServerSocketFactory sockets;
    private final boolean clientRequired;

    /**
     * @param clients        the certificate of the clients that the server trusts
     * @param clientRequired whether a client must have it
     */
    public TlsSockets(TestCertificate server, TestCertificate clients, boolean clientRequired)
            throws GeneralSecurityException, IOException {
        this.sockets = server.server(clients).getServerSocketFactory();
        this.clientRequired = clientRequired;
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
        return required(sockets.createServerSocket(port));
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
        return required(sockets.createServerSocket(port, backlog));
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
        return required(sockets.createServerSocket(port, backlog, address));
    }

    private ServerSocket required(ServerSocket socket) {
        ((SSLServerSocket) socket).setNeedClientAuth(clientRequired);
        return socket;
    }
}
