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

/** A stand-in of the Bangwo8 API on the loopback interface, awkward parts included. */
public final class StandIn implements AutoCloseable {

    static {
        // Without it the kernel holds back the last segment of an answer for up to 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        // Closing idle connections after the default 30 s races with a client that polls every 30 s.
        System.setProperty("sun.net.httpserver.idleInterval", "600");
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final HelpDesk desk;
    private final Access access = new Access();
    private final Faults faults = new Faults();
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
        server.createContext("/", new ApiHandler(desk, access, faults, log));
        server.createContext(ControlHandler.ROOT, new ControlHandler(desk, faults, log));
    }

    /**
     * Starts to answer; lets in the account {@code demo} with password {@code demo}.
     *
     * @param port 0 for a free one
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

    /** The data that is served. */
    public HelpDesk desk() {
        return desk;
    }

    /** Who may call. */
    public Access access() {
        return access;
    }

    /** How it misbehaves. */
    public Faults faults() {
        return faults;
    }

    /** What it was asked. */
    public RequestLog requests() {
        return log;
    }

    /** Stops at once; answers under way are cut. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** Runs the stand-in as a process of its own, see {@link StandInOptions}; prints one line when it is ready. */
    public static void main(String[] args) {
        StandInOptions.of(args).start();
    }
}
