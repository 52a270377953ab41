package io.bangwo8stream.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;

/**
 * The resources of one overlay, for tests of other packages.
 *
 * @param resources as kustomize renders them
 */
public record RenderedOverlay(List<ObjectNode> resources) {

    public static RenderedOverlay of(String overlay) throws IOException {
        return new RenderedOverlay(
                Kustomization.render(Manifests.ROOT.resolve("overlays").resolve(overlay)));
    }

    public List<ObjectNode> all(String kind) {
        return resources.stream()
                .filter(resource -> Manifests.kind(resource).equals(kind))
                .toList();
    }

    /** The container of the product. */
    public JsonNode container() {
        return Manifests.container(resources);
    }
}
