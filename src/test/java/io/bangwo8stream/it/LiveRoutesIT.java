package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that edits in the folder of {@code bangwo8.routes} are applied while the product runs, or change nothing. */
class LiveRoutesIT {

    private static final String REMOTE_RECORDS = "remote-records.camel.yaml";
    private static final String CALLS = "calls.camel.yaml";

    @TempDir
    private Path folder;

    @Test
    void appliesGoodEditsAndLeavesWhatRunsWhenAnEditIsBroken() throws Exception {
        String packaged = Files.readString(Path.of("routes/sources", REMOTE_RECORDS));
        save(REMOTE_RECORDS, packaged);
        try (TestTenant tenant = TestTenant.of(LiveRoutesIT.class).with("bangwo8.routes", folder.toString())) {
            tenant.with("bangwo8.topics.calls", tenant.topic("calls"));
            tenant.desk().add(tenant.oldRecord(1));
            Product product = tenant.startPolling();
            product.awaitLine(0, "scanned source=remote-records");

            // A good edit of a source.
            save(REMOTE_RECORDS, packaged.replace("bangwo8.remote-record }", "acme.remote-record }"));
            assertThat(product.awaitLine(0, "routes applied revision="))
                    .contains("changed=[" + REMOTE_RECORDS + "]", "sources=[agent-records, remote-records]");
            tenant.desk().add(tenant.newRecord(2));
            awaitTypes(tenant, "bangwo8.remote-record.created", "acme.remote-record.created");

            // A broken one: what runs goes on, and everybody can see what is wrong.
            int before = product.lines().size();
            save(REMOTE_RECORDS, packaged.replace("addChat(", "adChat("));
            assertThat(product.awaitLine(before, "routes-rejected"))
                    .contains(folder + "/" + REMOTE_RECORDS + ":", "has no method adChat; the nearest one is addChat");
            tenant.desk().add(tenant.newRecord(3));
            awaitTypes(
                    tenant,
                    "bangwo8.remote-record.created",
                    "acme.remote-record.created",
                    "acme.remote-record.created");
            assertThat(product.management("/q/health/ready").statusCode()).isEqualTo(200);
            assertThat(product.management("/q/health/ready").body()).contains("has no method adChat");
            awaitRejection(tenant, product, "has no method adChat");
            assertThat(product.management("/q/metrics").body())
                    .contains("bangwo8_routes_changes_total{outcome=\"applied\"} 1.0")
                    .contains("bangwo8_routes_changes_total{outcome=\"rejected\"} 1.0");

            // Good again, with a new source in the same change; its topic is created.
            before = product.lines().size();
            save(REMOTE_RECORDS, packaged);
            Files.copy(Path.of("routes/examples/calls.fields.json"), folder.resolve("calls.fields.json"));
            save(CALLS, Files.readString(Path.of("routes/examples", CALLS)));
            product.awaitLine(before, "routes applied .*calls");
            product.awaitLine(before, "scanned source=calls");
            product.awaitLine(before, "scanned source=remote-records");
            assertThat(product.management("/q/metrics").body()).contains("bangwo8_freshness_seconds{source=\"calls\"}");

            awaitNoRejection(tenant);

            // A source less, and the packaged file again where the own one is gone.
            before = product.lines().size();
            Files.delete(folder.resolve(CALLS));
            Files.delete(folder.resolve("calls.fields.json"));
            product.awaitLine(before, "routes applied .*changed=.*calls");
            await().atMost(Product.PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    product.management("/q/health/ready").body())
                            .doesNotContain("\"calls\""));
            await().atMost(Product.PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    CommandsIT.command(tenant, "status").output())
                            .contains("remote-records")
                            .doesNotContain("calls"));

            // The flow of all sources.
            before = product.lines().size();
            String template = Files.readString(Path.of("routes/source-template.camel.yaml"));
            save("source-template.camel.yaml", template.replace("delay: 0", "delay: 10"));
            assertThat(product.awaitLine(before, "routes applied ")).contains("remote-records", "tickets");
            tenant.desk().add(tenant.newRecord(4));
            await().atMost(Product.PATIENCE)
                    .untilAsserted(
                            () -> assertThat(types(tenant)).hasSize(4).endsWith("bangwo8.remote-record.created"));

            // An empty folder.
            before = product.lines().size();
            Files.delete(folder.resolve("source-template.camel.yaml"));
            Files.delete(folder.resolve(REMOTE_RECORDS));
            assertThat(product.awaitLine(before, "routes-rejected")).contains(folder.toString(), "which is empty");
            assertThat(product.output()).doesNotContain("\tat ").doesNotContain("leads=[]");
        }
    }

    @Test
    void runsTheFormerRoutesAgainWhenTheNewOnesDoNotStart() throws Exception {
        String packaged = Files.readString(Path.of("routes/sources", REMOTE_RECORDS));
        save(REMOTE_RECORDS, packaged);
        try (TestTenant tenant = TestTenant.of(LiveRoutesIT.class).with("bangwo8.routes", folder.toString())) {
            tenant.desk().add(tenant.oldRecord(1));
            Product product = tenant.startPolling();
            product.awaitLine(0, "scanned source=remote-records");

            // No validation can know what a component makes of the value of an option.
            String sending = "            uri: direct:bangwo8-api\n";
            assertThat(packaged).contains(sending);
            save(REMOTE_RECORDS, packaged.replace(sending, sending + "        - to: log:calls?level=NOISE\n"));

            product.awaitLine(0, "routes-rolled-back revision=");
            assertThat(product.awaitLine(0, "routes-rejected"))
                    .contains("the routes cannot be replaced, and the former ones run again", REMOTE_RECORDS);
            tenant.desk().add(tenant.newRecord(2));
            awaitTypes(tenant, "bangwo8.remote-record.created", "bangwo8.remote-record.created");
            assertThat(tenant.keys()).containsExactly("1", "2");
            assertThat(product.management("/q/health/ready").statusCode()).isEqualTo(200);
            awaitRejection(tenant, product, "the former ones run again");

            int before = product.lines().size();
            save(REMOTE_RECORDS, packaged.replace("bangwo8.remote-record }", "acme.remote-record }"));
            product.awaitLine(before, "routes applied revision=");
            tenant.desk().add(tenant.newRecord(3));
            awaitTypes(
                    tenant,
                    "bangwo8.remote-record.created",
                    "bangwo8.remote-record.created",
                    "acme.remote-record.created");
            assertThat(product.output()).doesNotContain("\tat ").doesNotContain("leads=[]");
        }
    }

    @Test
    void readsAConfigMapWhoseLinksAreExchanged() throws Exception {
        Path first = Files.createDirectory(folder.resolve("..first"));
        Path second = Files.createDirectory(folder.resolve("..second"));
        String packaged = Files.readString(Path.of("routes/sources", REMOTE_RECORDS));
        Files.writeString(first.resolve(REMOTE_RECORDS), packaged);
        Files.writeString(
                second.resolve(REMOTE_RECORDS), packaged.replace("value: bangwo8.remote-record", "value: acme.rr"));
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..first"));
        Files.createSymbolicLink(folder.resolve(REMOTE_RECORDS), Path.of("..data", REMOTE_RECORDS));
        try (TestTenant tenant = TestTenant.of(LiveRoutesIT.class).with("bangwo8.routes", folder.toString())) {
            Product product = tenant.startPolling();
            product.awaitLine(0, "scanned source=remote-records");

            Files.createSymbolicLink(folder.resolve("..new"), Path.of("..second"));
            Files.move(folder.resolve("..new"), folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);

            product.awaitLine(0, "routes applied ");
            tenant.desk().add(tenant.newRecord(1));
            awaitTypes(tenant, "acme.rr.created");
        }
    }

    @Test
    void refusesCamelsOwnReload() {
        try (TestTenant tenant = TestTenant.of(LiveRoutesIT.class).with("camel.main.routes-reload-enabled", "true")) {
            Product product = tenant.start();

            assertThat(product.awaitExit()).isNotZero();
            assertThat(product.output())
                    .contains("camel.main.routes-reload-enabled is true")
                    .contains("bangwo8.routes")
                    .doesNotContain("\tat ");
        }
    }

    private void save(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }

    /** The status and the page show the reason, the page in the language of the browser. */
    private static void awaitRejection(TestTenant tenant, Product product, String reason) {
        await().atMost(Product.PATIENCE)
                .untilAsserted(() -> assertThat(product.management("/", "en").body())
                        .contains("the present route files are rejected, and the former routes run: ", reason));
        assertThat(product.management("/", "zh").body()).contains("当前的路由文件被拒绝", reason);
        assertThat(CommandsIT.command(tenant, "status").output())
                .contains("the present route files are rejected, and the former routes run: ", reason);
    }

    private static void awaitNoRejection(TestTenant tenant) {
        await().atMost(Product.PATIENCE)
                .untilAsserted(
                        () -> assertThat(CommandsIT.command(tenant, "status").output())
                                .doesNotContain("route files are rejected"));
    }

    private static void awaitTypes(TestTenant tenant, String... types) {
        await().atMost(Product.PATIENCE)
                .untilAsserted(() -> assertThat(types(tenant)).containsExactlyInAnyOrder(types));
    }

    private static List<String> types(TestTenant tenant) {
        return TopicReader.read(tenant.topic("remote-records")).stream()
                .map(event -> new String(event.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8))
                .toList();
    }
}
