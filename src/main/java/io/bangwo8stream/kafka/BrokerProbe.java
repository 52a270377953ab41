package io.bangwo8stream.kafka;

import io.bangwo8stream.text.SafeText;
import io.bangwo8stream.time.DaemonThread;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;

/** Asks whether a broker responds, in a bounded time: Kafka's own client would wait for half a minute and more. */
@Singleton
public class BrokerProbe {

    private static final Duration LIMIT = Duration.ofMillis(2_500);

    private static final String SILENT = "no broker responds within " + LIMIT.toMillis()
            + " ms: check kafka.bootstrap.servers, the broker, and the network";
    private static final String FAILED = "the brokers of kafka.bootstrap.servers refuse the connection: ";

    private final KafkaClients clients;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(DaemonThread.named("broker-probe"));
    private CompletableFuture<Optional<String>> answer;
    private Admin admin;

    BrokerProbe(KafkaClients clients) {
        this.clients = clients;
    }

    /** What is wrong with the connection to the brokers; empty when one responds within 2.5 s. */
    public Optional<String> problem() throws InterruptedException {
        try {
            return ask().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException silent) {
            return Optional.of(SILENT);
        } catch (ExecutionException failed) {
            return Optional.of(FAILED + SafeText.named(failed.getCause()));
        }
    }

    /** One question at a time: while a broker is silent, each call waits for the same answer. */
    private synchronized CompletableFuture<Optional<String>> ask() {
        if (answer == null || answer.isDone()) {
            answer = CompletableFuture.supplyAsync(this::describe, thread);
        }
        return answer;
    }

    private Optional<String> describe() {
        try {
            if (admin == null || clients.isAbandoned(admin)) {
                admin = clients.admin();
            }
            DescribeClusterOptions options = new DescribeClusterOptions().timeoutMs((int) LIMIT.toMillis());
            admin.describeCluster(options).clusterId().get();
            return Optional.empty();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return Optional.of("the process ends");
        } catch (ExecutionException failed) {
            return Optional.of(
                    failed.getCause() instanceof org.apache.kafka.common.errors.TimeoutException
                            ? SILENT
                            : FAILED + SafeText.of(failed.getCause()));
        }
    }

    @PreDestroy
    void close() {
        thread.execute(() -> {
            if (admin != null) {
                admin.close(Duration.ZERO);
            }
        });
        thread.shutdown();
    }
}
