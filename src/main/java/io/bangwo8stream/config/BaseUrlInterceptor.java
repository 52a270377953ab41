package io.bangwo8stream.config;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.Priorities;
import jakarta.annotation.Priority;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Writes the scheme of {@code bangwo8.base-url} in lower case for all readers of the settings: the API gateway route
 * takes the address from them, and Camel finds no component with the name {@code HTTPS}.
 */
// Above the priority of expressions: the value that ${…} stands for counts.
@Priority(Priorities.APPLICATION)
public class BaseUrlInterceptor implements ConfigSourceInterceptor {

    private static final long serialVersionUID = 1L;
    private static final Pattern SCHEME = Pattern.compile("(?i)^https?(?=://)");

    @Override
    public ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        ConfigValue value = context.proceed(name);
        return "bangwo8.base-url".equals(name) && value != null && value.getValue() != null
                ? value.withValue(lowerCaseScheme(value.getValue().strip()))
                : value;
    }

    private static String lowerCaseScheme(String address) {
        return SCHEME.matcher(address).replaceFirst(scheme -> scheme.group().toLowerCase(Locale.ROOT));
    }
}
