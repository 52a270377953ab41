package io.bangwo8stream.lifecycle;

import io.bangwo8stream.api.ApiRejectedException;
import io.bangwo8stream.api.ApiUnavailableException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;

/**
 * The classes that routes name. Camel looks them up by these names when it loads the YAML, and a native image finds
 * none that is not registered. Those that a route names by {@code ref} are beans, and need no place here.
 */
@RegisterForReflection(
        targets = {ApiRejectedException.class, ApiUnavailableException.class, IOException.class, Exception.class})
public final class RouteReflection {

    private RouteReflection() {}
}
