package io.bangwo8stream.routes;

import java.util.Collection;
import java.util.Optional;

/** The beans that routes may name, and their types. */
interface BeanTypes {

    /** The class of the bean called {@code name}; {@code Object} where only its existence is known. */
    Optional<Class<?>> of(String name);

    /** The names of all beans that have one. */
    Collection<String> names();
}
