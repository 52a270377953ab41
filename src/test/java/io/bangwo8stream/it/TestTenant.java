package io.bangwo8stream.it;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.standin.Fault;
import io.bangwo8stream.standin.HelpDesk;
import io.bangwo8stream.standin.RequestLog;
import io.bangwo8stream.standin.Rows;
import io.bangwo8stream.standin.StandIn;
import io.bangwo8stream.standin.VendorTime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A tenant with topics and an API of its own, and the product's settings that lead to them. */
final class TestTenant implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String tenant;
    private final StandIn standIn;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<Product> started = new ArrayList<>();

    private TestTenant(String tenant, HelpDesk desk) {
        this.tenant = tenant;
        this.standIn = StandIn.start(desk, 0);
    }

    /** A trial against an empty help desk. */
    static TestTenant of(Class<?> test) {
        TestTenant testTenant = new TestTenant(
                test.getSimpleName() + "-" + NUMBER.incrementAndGet(), HelpDesk.empty(Clock.systemUTC()));
        testTenant
                .with("kafka.bootstrap.servers", Broker.bootstrapServers())
                .with("bangwo8.base-url", testTenant.standIn.baseUri().toString())
                .with("bangwo8.account", "demo")
                .with("bangwo8.password", "demo")
                .with("bangwo8.tenant", testTenant.tenant)
                // The other sources, and the second list, are tested by themselves.
                .with("bangwo8.sources", "remote-records")
                .with("bangwo8.problem-type-labels", "false")
                .with("bangwo8.requests-per-second", "0")
                .with("bangwo8.retry-delay", "20ms")
                .with("bangwo8.poll-interval", "300ms")
                // The port that the kernel gives is free for sure.
                .with("quarkus.management.port", "0");
        for (String topic : List.of("remote-records", "tickets", "ticket-views", "dead-letters", "state")) {
            testTenant.with("bangwo8.topics." + topic, testTenant.topic(topic));
        }
        return testTenant;
    }

    /** Changes a setting. */
    TestTenant with(String key, String value) {
        settings.put(key, value);
        return this;
    }

    TestTenant without(String key) {
        settings.remove(key);
        return this;
    }

    /** Walks every source once, in a process that ends by itself. */
    Product once() {
        with("bangwo8.once", "true");
        Product product = start();
        product.awaitExit();
        return product;
    }

    /** Polls, until it is told to end; the log says where the management port is. */
    Product polling() {
        with("quarkus.log.category.\"io.quarkus\".level", "INFO");
        Product product = start();
        product.awaitLine(0, "started sources=");
        return product;
    }

    /** Starts the product with the settings so far. */
    Product start() {
        Product product = Product.start(tenant + "." + started.size(), settings);
        started.add(product);
        return product;
    }

    /** A finished record with every field, of three days ago: nothing of it is to be fetched again. */
    ObjectNode oldRecord(long id) {
        return Rows.remoteRecord(
                id, VendorTime.padded(VendorTime.now(Clock.systemUTC()).minusDays(3)));
    }

    /** A finished record with every field, of this moment. */
    ObjectNode newRecord(long id) {
        return Rows.remoteRecord(id, VendorTime.padded(VendorTime.now(Clock.systemUTC())));
    }

    HelpDesk desk() {
        return standIn.desk();
    }

    StandIn standIn() {
        return standIn;
    }

    RequestLog requests() {
        return standIn.requests();
    }

    TestTenant fault(Fault fault) {
        standIn.faults().add(fault);
        return this;
    }

    String tenant() {
        return tenant;
    }

    String topic(String what) {
        return tenant + "." + what;
    }

    /** The events of remote-assistance records so far. */
    List<Event> events() {
        return events("remote-records");
    }

    List<Event> tickets() {
        return events("tickets");
    }

    List<Event> ticketViews() {
        return events("ticket-views");
    }

    /** The keys of these events. */
    List<String> keys() {
        return events().stream().map(Event::key).toList();
    }

    List<Event> deadLetters() {
        return events("dead-letters");
    }

    /** The events of a topic so far, {@code tickets} say. */
    List<Event> events(String what) {
        return TopicReader.read(topic(what)).stream().map(Event::of).toList();
    }

    @Override
    public void close() {
        started.forEach(Product::close);
        standIn.close();
    }
}
