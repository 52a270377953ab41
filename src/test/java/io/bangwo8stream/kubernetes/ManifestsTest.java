package io.bangwo8stream.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares every rendered overlay with the types of its resources, and with what the product needs. */
class ManifestsTest {

    private static final Path NATIVE = Path.of("k8s/overlays/native");

    static List<Path> overlays() throws IOException {
        return Manifests.overlays();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void hasTheTypesOfItsResources(Path overlay) throws IOException {
        for (ObjectNode resource : Kustomization.render(overlay)) {
            ResourceTypes.check(resource);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Deployment,          /spec/template/spec/containers/0,     imagePullPolicies",
        "Deployment,          /spec/template/spec,                  enableServiceLink",
        "NetworkPolicy,       /spec/egress/0,                       port",
        "PodDisruptionBudget, /spec,                                maxUnavailables",
        "KafkaTopic,          /spec,                                partition",
        "KafkaUser,           /spec/authorization/acls/0/resource,  kind",
        "PodMonitor,          /spec/podMetricsEndpoints/0,          pathname",
        "PrometheusRule,      /spec/groups/0/rules/0,               expression",
    })
    void refusesAFieldThatDoesNotExist(String kind, String parent, String field) throws IOException {
        JsonNode resource = Manifests.find(Kustomization.render(Path.of("k8s/overlays/monitoring")), kind, "");
        ((ObjectNode) resource.at(parent)).put(field, "x");

        assertThatThrownBy(() -> ResourceTypes.check(resource)).hasMessageContaining(field);
    }

    @Test
    void refusesAValueOfAnotherType() throws IOException {
        JsonNode resource = Manifests.find(Kustomization.render(NATIVE), "Deployment", "");
        ((ObjectNode) resource.get("spec")).put("replicas", "two");

        assertThatThrownBy(() -> ResourceTypes.check(resource)).hasMessageContaining("replicas");
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void runsARestrictedContainerWithProbesAndLimits(Path overlay) throws IOException {
        List<ObjectNode> resources = Kustomization.render(overlay);
        JsonNode pod = Manifests.find(resources, "Deployment", "bangwo8-stream").at("/spec/template/spec");
        JsonNode container = Manifests.container(resources);

        assertThat(pod.get("enableServiceLinks").asBoolean(true)).isFalse();
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                .isTrue();
        assertThat(container.at("/resources/limits/memory").asText()).endsWith("Mi");
        assertThat(List.of("startupProbe", "readinessProbe", "livenessProbe"))
                .allSatisfy(probe -> assertThat(
                                container.path(probe).at("/httpGet/path").asText())
                        .startsWith("/q/health/"));
    }

    /** The image that the build of this version makes. */
    @ParameterizedTest
    @MethodSource("overlays")
    void namesTheVersionOfTheImage(Path overlay) throws IOException {
        Matcher version = Pattern.compile("<version>(.+?)</version>").matcher(Files.readString(Path.of("pom.xml")));
        assertThat(version.find()).isTrue();

        assertThat(Manifests.container(Kustomization.render(overlay))
                        .path("image")
                        .asText())
                .matches("bangwo8-stream:" + Pattern.quote(version.group(1)) + "(-native)?");
    }

    /** A heap that may grow beyond the memory of the container ends it. */
    @ParameterizedTest
    @MethodSource("overlays")
    void limitsTheHeapToLessThanTheMemory(Path overlay) throws IOException {
        List<ObjectNode> resources = Kustomization.render(overlay);
        JsonNode container = Manifests.container(resources);
        boolean isNative = container.path("image").asText().endsWith("-native");
        String options =
                isNative ? container.at("/args/0").asText() : Manifests.variable(resources, "JAVA_TOOL_OPTIONS");

        Matcher heap = Pattern.compile("-Xmx(\\d+)m").matcher(options);

        assertThat(heap.find()).as(options).isTrue();
        assertThat(Integer.parseInt(heap.group(1)) * 5 / 4)
                .isLessThan(Integer.parseInt(
                        container.at("/resources/limits/memory").asText().replace("Mi", "")));
    }

    /** A selector that a label of the tenant narrowed would cut the product off from the broker and from DNS. */
    @ParameterizedTest
    @MethodSource("overlays")
    void reachesPodsThatAreNotItsOwn(Path overlay) throws IOException {
        JsonNode policy = Manifests.find(Kustomization.render(overlay), "NetworkPolicy", "bangwo8-stream");

        assertThat(policy.at("/spec/egress").toString()).doesNotContain("app.kubernetes.io");
        assertThat(policy.at("/spec/podSelector/matchLabels/app.kubernetes.io~1name")
                        .asText())
                .isEqualTo("bangwo8-stream");
        assertThat(policy.at("/spec/ingress")).hasSize(1);
        assertThat(policy.at("/spec/ingress/0/ports")).hasSize(1);
        assertThat(policy.at("/spec/ingress/0/ports/0/port").asText()).isEqualTo("management");
    }

    /** The values that the Deployment and the product must agree on. */
    @Test
    void stopsLaterThanCamelDoes() throws IOException {
        String settings = Files.readString(Path.of("application.properties"));
        Matcher timeout = Pattern.compile("camel.main.shutdown-timeout=(\\d+)").matcher(settings);
        assertThat(timeout.find()).isTrue();

        assertThat(Manifests.find(Kustomization.render(NATIVE), "Deployment", "")
                        .at("/spec/template/spec/terminationGracePeriodSeconds")
                        .asInt())
                .isGreaterThan(Integer.parseInt(timeout.group(1)) + 10);
    }

    /** Public addresses stay closed behind a proxy. */
    @Test
    void reachesTheProxyInsteadOfTheApi() throws IOException {
        List<ObjectNode> resources = Kustomization.render(Path.of("k8s/overlays/tenant-south"));
        URI proxy = URI.create(Manifests.variable(resources, "BANGWO8_PROXY"));

        JsonNode egress = Manifests.find(resources, "NetworkPolicy", "bangwo8-stream-south")
                .at("/spec/egress");
        assertThat(egress.at("/2/ports")).hasSize(1);
        assertThat(egress.at("/2/ports/0/port").asInt()).isEqualTo(proxy.getPort());
        assertThat(egress.toString()).doesNotContain("0.0.0.0/0");
    }

    @Test
    void watchesTheMountedFolderOfRoutes() throws IOException {
        List<ObjectNode> resources = Kustomization.render(Path.of("k8s/overlays/tenant-south"));
        String folder = Manifests.variable(resources, "BANGWO8_ROUTES");

        String volume = element(Manifests.container(resources).path("volumeMounts"), "mountPath", folder)
                .path("name")
                .asText();
        JsonNode volumes = Manifests.find(resources, "Deployment", "").at("/spec/template/spec/volumes");
        assertThat(element(volumes, "name", volume).at("/configMap/name").asText())
                .isEqualTo("bangwo8-routes-south");
    }

    private static JsonNode element(JsonNode list, String member, String value) {
        for (JsonNode element : list) {
            if (element.path(member).asText().equals(value)) {
                return element;
            }
        }
        throw new AssertionError("no " + member + " is " + value);
    }
}
