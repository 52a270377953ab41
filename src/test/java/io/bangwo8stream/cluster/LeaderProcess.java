package io.bangwo8stream.cluster;

import io.bangwo8stream.process.JavaProcess;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.cluster.CamelClusterEventListener;

/** An instance in a process of its own that competes for {@code records}, for tests that kill or pause it. */
final class LeaderProcess implements AutoCloseable {

    private final JavaProcess process;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    LeaderProcess(String bootstrapServers, String tenant) {
        process = JavaProcess.ofClass(LeaderProcess.class)
                .options("-Xmx64m")
                .arguments(bootstrapServers, tenant)
                .start();
        process.forEachLine(lines::add);
    }

    /** The lines that the process printed, among them each {@code records won} and {@code records not led}. */
    List<String> lines() {
        return lines;
    }

    void pause() throws IOException, InterruptedException {
        requireSent("-STOP", process.pause());
    }

    void resume() throws IOException, InterruptedException {
        requireSent("-CONT", process.resume());
    }

    private static void requireSent(String signal, boolean sent) throws IOException {
        if (!sent) {
            throw new IOException("kill " + signal + " failed");
        }
    }

    /** Sends SIGKILL. */
    @Override
    public void close() {
        process.kill();
    }

    /** Runs in the started process. */
    public static void main(String[] args) throws InterruptedException {
        ClusterMember instance = new ClusterMember(
                args[0], args[1], ClusterMember.SHORT_SESSION, new ClusterMember.LeaderConflictDetector());
        instance.view("records").addEventListener((CamelClusterEventListener.Leadership) (view, leader) ->
                System.out.println(view.getLocalMember().isLeader() ? "records won" : "records not led"));
        instance.start();
        new CountDownLatch(1).await();
    }
}
