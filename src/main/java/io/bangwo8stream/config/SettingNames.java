package io.bangwo8stream.config;

import io.bangwo8stream.text.NearestName;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The names of the settings: an unknown one is refused, because a typo would otherwise be ignored. */
public final class SettingNames {

    private static final String PREFIX = "bangwo8.";
    private static final String VARIABLE_PREFIX = "BANGWO8_";

    /** Names where other settings are; application.properties reads it. */
    private static final String CONFIG = "bangwo8.config";

    /** Kubernetes sets these for each service of a namespace, so also for one called bangwo8-something. */
    private static final Pattern SERVICE_LINK = Pattern.compile(".*_(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT(_.*)?)");

    /** Place of a value in a list, of which a value may be given by itself. */
    private static final Pattern INDEX = Pattern.compile("\\[\\d+]$|_\\d+_$");

    /** Names by the variables that set them. */
    private final Map<String, String> byVariable = new TreeMap<>();

    /** Beginnings of names that are free after them, such as those of topics. */
    private final Set<String> groups = new TreeSet<>();

    /** @param ofRoutes further settings, which only routes use */
    public SettingNames(Collection<String> ofRoutes) {
        for (Method setting : StreamConfig.class.getMethods()) {
            String name =
                    PREFIX + setting.getName().replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
            if (Map.class.isAssignableFrom(setting.getReturnType())) {
                groups.add(name + ".");
            } else {
                byVariable.put(variable(name), name);
            }
        }
        byVariable.put(variable(CONFIG), CONFIG);
        ofRoutes.forEach(name -> byVariable.put(variable(name), name));
    }

    /** Returns what is wrong with the name of a property; empty when it is no name of a setting of the product. */
    public Optional<String> problemOfProperty(String property) {
        String name = INDEX.matcher(property).replaceFirst("");
        boolean known = byVariable.containsValue(name) || groups.stream().anyMatch(name::startsWith);
        return !name.startsWith(PREFIX) || known
                ? Optional.empty()
                : Optional.of(problem(property, NearestName.of(name, byVariable.values())));
    }

    /** Returns what is wrong with the name of an environment variable. */
    public Optional<String> problemOfVariable(String variable) {
        if (!variable.startsWith(VARIABLE_PREFIX)) {
            return problemOfProperty(variable);
        }
        String name = INDEX.matcher(variable).replaceFirst("");
        boolean known = byVariable.containsKey(name)
                || groups.stream().anyMatch(group -> name.startsWith(variable(group)))
                || SERVICE_LINK.matcher(name).matches();
        return known ? Optional.empty() : Optional.of(problem(variable, NearestName.of(name, byVariable.keySet())));
    }

    private static String problem(String name, Optional<String> nearest) {
        return name + " is no setting; the nearest one is " + nearest.orElseThrow();
    }

    /** The environment variable of a name, by the rule of MicroProfile Config. */
    private static String variable(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
