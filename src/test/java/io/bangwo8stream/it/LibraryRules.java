package io.bangwo8stream.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.maven.artifact.versioning.ComparableVersion;

/** Judges what is packaged by the rules of {@code packaged/libraries.json}. */
final class LibraryRules {

    /** @param name group and artifact with a dot between them, as the files in {@code lib} are named */
    record Library(String name, String version) {}

    private final JsonNode rules;
    private final LocalDate today;

    LibraryRules(JsonNode rules, LocalDate today) {
        this.rules = rules;
        this.today = today;
    }

    /** What is wrong with {@code libraries}, a sentence for each. */
    List<String> violations(Collection<Library> libraries) {
        List<String> violations = new ArrayList<>();
        for (Library library : libraries) {
            rules.get("absent").forEach(rule -> {
                if (matches(rule, library)) {
                    violations.add(library.name() + " is packaged, but nobody needs it: " + text(rule, "reason"));
                }
            });
            rules.get("refused").forEach(rule -> {
                if (refuses(rule, library) && !isExcepted(library)) {
                    violations.add(library.name() + " " + library.version() + " is older than " + text(rule, "below")
                            + ": " + text(rule, "reason"));
                }
            });
        }
        rules.get("exceptions").forEach(exception -> check(exception, libraries, violations));
        return violations;
    }

    private void check(JsonNode exception, Collection<Library> libraries, List<String> violations) {
        String name = text(exception, "library");
        if (isExpired(exception)) {
            violations.add("the exception for " + name + " has expired on " + text(exception, "until")
                    + ": take a newer version, or give a new reason and date");
        }
        if (libraries.stream().noneMatch(library -> matches(exception, library) && isRefused(library))) {
            violations.add("the exception for " + name + " is not needed any more: remove it");
        }
    }

    private boolean isRefused(Library library) {
        for (JsonNode rule : rules.get("refused")) {
            if (refuses(rule, library)) {
                return true;
            }
        }
        return false;
    }

    private boolean isExcepted(Library library) {
        for (JsonNode exception : rules.get("exceptions")) {
            if (matches(exception, library) && !isExpired(exception)) {
                return true;
            }
        }
        return false;
    }

    private boolean isExpired(JsonNode exception) {
        return LocalDate.parse(text(exception, "until")).isBefore(today);
    }

    private static boolean refuses(JsonNode rule, Library library) {
        return matches(rule, library)
                && new ComparableVersion(library.version()).compareTo(new ComparableVersion(text(rule, "below"))) < 0;
    }

    private static boolean matches(JsonNode rule, Library library) {
        String name = text(rule, "library").replace(':', '.');
        return name.endsWith("*")
                ? library.name().startsWith(name.substring(0, name.length() - 1))
                : library.name().equals(name);
    }

    private static String text(JsonNode rule, String member) {
        return rule.get(member).textValue();
    }
}
