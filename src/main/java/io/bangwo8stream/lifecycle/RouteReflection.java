package io.bangwo8stream.lifecycle;

import io.bangwo8stream.api.ApiRejectedException;
import io.bangwo8stream.api.ApiUnavailableException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;

/**
 * Registers the classes that routes name. Camel looks them up by name when it loads the YAML, and a native image contains
 * registered classes only. What a route names by {@code ref} is a bean, and needs no entry here.
 */
@RegisterForReflection(
        targets = {
            ApiRejectedException.class,
            ApiUnavailableException.class,
            IOException.class,
            Exception.class,
            Throwable.class
        })
public final class RouteReflection {

    private RouteReflection() {}
}
