package io.bangwo8stream.standin;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A stand-in of the Bangwo8 API on the loopback interface, with the irregularities of its responses. */
public final class StandIn implements AutoCloseable {

    static {
        // Without this property the kernel delays the last segment of a response by up to 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        // Closing idle connections after the default 30 s races with a client that polls every 30 s.
        System.setProperty("sun.net.httpserver.idleInterval", "600");
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final HelpDesk desk;
    private final AccessControl accessControl = new AccessControl();
    private final FaultInjector faults = new FaultInjector();
    private final RequestLog log = new RequestLog();

    private StandIn(HttpServer server, HelpDesk desk) {
        this.server = server;
        this.desk = desk;
        AtomicInteger number = new AtomicInteger();
        threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "stand-in-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", new ApiHandler(desk, accessControl, faults, log));
        server.createContext(ControlHandler.ROOT, new ControlHandler(desk, faults, log));
    }

    /**
     * Starts the stand-in, which accepts the account {@code demo} with the password {@code demo}.
     *
     * @param port 0 for a free port
     */
    public static StandIn start(HelpDesk desk, int port) {
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            HttpServer server = HttpServer.create(address, 512);
            StandIn standIn = new StandIn(server, desk);
            server.start();
            return standIn;
        } catch (IOException e) {
            throw new UncheckedIOException("the stand-in cannot listen on port " + port, e);
        }
    }

    /** The origin for {@code bangwo8.base-url}, as {@code http://127.0.0.1:port}. */
    public URI baseUri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The data that the stand-in serves. */
    public HelpDesk desk() {
        return desk;
    }

    /** The accounts, clients and tokens that the stand-in accepts. */
    public AccessControl accessControl() {
        return accessControl;
    }

    /** The active faults. */
    public FaultInjector faults() {
        return faults;
    }

    /** The requests so far. */
    public RequestLog requests() {
        return log;
    }

    /** Stops immediately; responses in progress are cut. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** Runs the stand-in in a process of its own, see {@link StandInOptions}; prints one line when it is ready. */
    public static void main(String[] args) {
        StandInOptions.of(args).start();
    }
}
