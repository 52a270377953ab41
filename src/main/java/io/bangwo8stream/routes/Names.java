package io.bangwo8stream.routes;

import io.bangwo8stream.text.NearestName;
import java.util.Collection;

/** Names in messages. */
final class Names {

    private Names() {}

    /** {@code ; the nearest one is x}, or what else may be done where there are no names. */
    static String nearest(String written, Collection<String> known) {
        return NearestName.of(written, known)
                .map(name -> "; the nearest one is " + name)
                .orElse("; correct or remove it");
    }
}
