package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.process.JavaProcessBuilder;
import io.bangwo8stream.process.PackagedProduct;
import io.bangwo8stream.standin.Fault;
import io.bangwo8stream.standin.HelpDesk;
import io.bangwo8stream.standin.Json;
import io.bangwo8stream.standin.RequestLog;
import io.bangwo8stream.standin.SampleRows;
import io.bangwo8stream.standin.StandIn;
import io.bangwo8stream.standin.VendorTime;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A tenant with its own topics and its own stand-in of the API, and the settings with which the product uses them. */
final class TestTenant implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String name;
    private final StandIn standIn;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<Product> started = new ArrayList<>();

    private TestTenant(String name, HelpDesk desk) {
        this.name = name;
        this.standIn = StandIn.start(desk, 0);
    }

    /** A tenant with an empty help desk. */
    static TestTenant of(Class<?> test) {
        TestTenant tenant = new TestTenant(
                test.getSimpleName() + "-" + NUMBER.incrementAndGet(), HelpDesk.empty(Clock.systemUTC()));
        tenant.with("kafka.bootstrap.servers", Broker.bootstrapServers())
                .with("bangwo8.base-url", tenant.standIn.baseUri().toString())
                .with("bangwo8.account", "demo")
                .with("bangwo8.password", "demo")
                .with("bangwo8.tenant", tenant.name)
                // Tests of the other sources, and of labels, turn these on.
                .with("bangwo8.sources", "remote-records")
                .with("bangwo8.problem-type-labels", "false")
                .with("bangwo8.requests-per-second", "0")
                .with("bangwo8.retry-delay", "20ms")
                .with("bangwo8.poll-interval", "300ms")
                // The kernel assigns a free port.
                .with("quarkus.management.port", "0");
        for (String topic :
                List.of("remote-records", "tickets", "ticket-views", "dead-letters", "state", "status", "commands")) {
            tenant.with("bangwo8.topics." + topic, tenant.topic(topic));
        }
        return tenant;
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

    /** A first sweep of the default look-back: today, yesterday, the two days before, and four more. */
    static final int WINDOWS_OF_FIRST_SWEEP = 4;

    /** Scans every source once, in a process that ends by itself; returns after its end. */
    Product runOnce() {
        with("bangwo8.once", "true");
        Product product = start();
        product.awaitExit();
        assertThat(product.output()).as("stack traces of a single run").doesNotContain("\tat ");
        return product;
    }

    /** Starts a process that polls until {@link #close}; its log names the management port. */
    Product startPolling() {
        return startPolling(PackagedProduct.process());
    }

    /** The same with another package of the product. */
    Product startPolling(JavaProcessBuilder packaged) {
        with("quarkus.log.category.\"io.quarkus\".level", "INFO");
        Product product = start(packaged);
        product.awaitLine(0, "started sources=");
        return product;
    }

    /** Starts the product with the settings so far. */
    Product start() {
        return start(PackagedProduct.process());
    }

    /** The same with a working directory of its own. */
    Product startIn(Path directory) {
        return start(PackagedProduct.process().directory(directory.toAbsolutePath()));
    }

    private Product start(JavaProcessBuilder packaged) {
        Product product = Product.start(packaged, name + "." + started.size(), settings);
        started.add(product);
        return product;
    }

    /** A finished record with every field, from three days ago: no revisit is due. */
    ObjectNode oldRecord(long id) {
        return SampleRows.remoteRecord(
                id, VendorTime.padded(VendorTime.now(Clock.systemUTC()).minusDays(3)));
    }

    /** A finished record with every field and the current time. */
    ObjectNode newRecord(long id) {
        return SampleRows.remoteRecord(id, VendorTime.padded(VendorTime.now(Clock.systemUTC())));
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

    TestTenant addFault(Fault fault) {
        standIn.faults().add(fault);
        return this;
    }

    String name() {
        return name;
    }

    String topic(String what) {
        return name + "." + what;
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

    /** The keys of the events of remote-assistance records so far. */
    List<String> keys() {
        return events().stream().map(Event::key).toList();
    }

    List<Event> deadLetters() {
        return events("dead-letters");
    }

    /** The events so far of a topic, such as {@code tickets}. */
    List<Event> events(String what) {
        return TopicReader.read(topic(what)).stream().map(Event::of).toList();
    }

    /** The last status of a source or an instance that is not removed, by its name such as {@code instances/…}. */
    JsonNode status(String name) {
        return TopicReader.read(topic("status")).stream()
                .filter(record -> record.key().endsWith("/" + name) && record.value() != null)
                .reduce((first, last) -> last)
                .map(record -> Json.read(new String(record.value(), StandardCharsets.UTF_8)))
                .orElseThrow();
    }

    @Override
    public void close() {
        started.forEach(Product::close);
        standIn.close();
    }
}
