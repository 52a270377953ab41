package io.bangwo8stream.source;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;

/** Provides the ids of the lists that a source scans, where its route does not name them. */
public interface ListIdProvider {

    /**
     * The ids, in the order in which their lists are scanned.
     *
     * @param stream on whose behalf the API is asked
     * @param listed the ids of the lists that contained records when they were last scanned
     * @throws io.bangwo8stream.api.ApiException when the API does not state them
     */
    List<String> ids(String stream, Supplier<Set<String>> listed);

    /** Notes that the API refused the list {@code id}, so that it may not exist any more. */
    void refused(String id);

    /**
     * The ids of the lists of {@code source}, from its provider or from the route.
     *
     * @param listed the ids of the lists that contained records when they were last scanned
     * @throws io.bangwo8stream.api.ApiException when the API does not state them
     */
    static List<String> idsOf(Source source, CamelContext context, Supplier<Set<String>> listed) {
        return of(source.list(), context)
                .map(provider -> provider.ids(source.stream(), listed))
                .orElseGet(
                        () -> Arrays.stream(source.list().listIds().orElse("").split(","))
                                .map(String::strip)
                                .toList());
    }

    /** The bean that {@code list} names in place of ids; empty where its route states the ids. */
    static Optional<ListIdProvider> of(ListEndpoint list, CamelContext context) {
        return list.listIds()
                .filter(ids -> ids.startsWith("#"))
                .map(name -> context.getRegistry().lookupByNameAndType(name.substring(1), ListIdProvider.class));
    }
}
