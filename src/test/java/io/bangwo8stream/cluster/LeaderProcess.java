package io.bangwo8stream.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.cluster.CamelClusterEventListener;

/** An instance in a process of its own, which can be killed and paused; it wants to lead {@code records}. */
final class LeaderProcess implements AutoCloseable {

    private final Process process;
    private final List<String> heard = new CopyOnWriteArrayList<>();

    LeaderProcess(String bootstrapServers, String tenant) {
        try {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            LeaderProcess.class.getName(),
                            bootstrapServers,
                            tenant)
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread reader = new Thread(() -> process.inputReader().lines().forEach(heard::add), "leader-process-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** The lines that it printed, among them each {@code records won} and {@code records not led}. */
    List<String> heard() {
        return heard;
    }

    void pause() throws IOException, InterruptedException {
        signal("-STOP");
    }

    void resume() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", name, String.valueOf(process.pid()))
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("kill " + name + " ended with " + exit);
        }
    }

    /** Kills it, as {@code kill -9} does. */
    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** The process itself. */
    public static void main(String[] args) throws InterruptedException {
        Instance instance = new Instance(args[0], args[1], Instance.SHORT_SESSION, new Instance.Referee());
        instance.view("records").addEventListener((CamelClusterEventListener.Leadership) (view, leader) ->
                System.out.println(view.getLocalMember().isLeader() ? "records won" : "records not led"));
        instance.start();
        new CountDownLatch(1).await();
    }
}
